import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

export const showHandoffLink: Route = {
  method: "GET",
  path: "/v1/handoff-links/:token",
  summary: "Is this a link? Changes nothing and names nobody; whether it was used is not told.",
  answers: "When the link ends",
  open: true,
  async handle({ service, params }) {
    return json(200, { now: service.clock(), ...(await service.interactions.showLink(params.token ?? "")) })
  },
}
