import * as z from "zod"
import { json } from "../http/replies.ts"
import { PlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const ClosingBody = z.strictObject({ ...PlaceBody, outcome: z.string().min(1).max(128).optional() })

export const closeMatter: Route = {
  method: "POST",
  path: "/v1/matters/:matter/close",
  summary: "The matter is settled: what was said in it retires.",
  body: ClosingBody,
  answers: "The matter's name",
  async handle(call) {
    const { service, principal, params } = call
    const { matter = "" } = params
    const [identity, closing] = await readAct(call, ClosingBody, "close_matter")
    await service.interactions.closeMatter(identity, matter, closing, principal)
    return json(200, { now: service.clock(), matter })
  },
}
