import * as z from "zod"
import { json } from "../http/replies.ts"
import { PlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const DeclineBody = z.strictObject(PlaceBody)

export const declineHandoff: Route = {
  method: "POST",
  path: "/v1/handoffs/:handoff/decline",
  summary: "Whom it was handed to declines it.",
  body: DeclineBody,
  answers: "The handoff's name",
  async handle(call) {
    const { service, principal, params } = call
    const { handoff = "" } = params
    const [identity, place] = await readAct(call, DeclineBody, "take")
    await service.interactions.declineHandoff(identity, handoff, place, principal)
    return json(200, { now: service.clock(), handoff })
  },
}
