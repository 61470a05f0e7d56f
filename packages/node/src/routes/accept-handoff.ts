import * as z from "zod"
import { json } from "../http/replies.ts"
import { PlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const AcceptBody = z.strictObject(PlaceBody)

export const acceptHandoff: Route = {
  method: "POST",
  path: "/v1/handoffs/:handoff/accept",
  summary: "Whom it was handed to takes it.",
  body: AcceptBody,
  answers: "The handoff's name",
  async handle(call) {
    const { service, principal, params } = call
    const { handoff = "" } = params
    const [identity, place] = await readAct(call, AcceptBody, "take")
    await service.interactions.acceptHandoff(identity, handoff, place, principal)
    return json(200, { now: service.clock(), handoff })
  },
}
