import { json } from "../http/replies.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const readRequests: Route = {
  method: "GET",
  path: "/v1/privacy-requests",
  summary: "What a customer has asked for by right, newest first.",
  query: ["identity"],
  answers: "The requests, each with its state, when it is due and whether it is overdue",
  async handle(call) {
    const { principal, service } = call
    const { identity, reads } = await readAllowed(call, "consent")
    const requests = reads.has("$matters") ? await service.rights.requests(identity, principal.kind === "visitor") : []
    return json(200, { now: service.clock(), requests })
  },
}
