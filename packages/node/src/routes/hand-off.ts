import * as z from "zod"
import { json } from "../http/replies.ts"
import { MatterPlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const HandoffBody = z.strictObject({
  ...MatterPlaceBody,
  to: z.string().min(1).max(128),
  reason: z.string().min(1).max(500),
  budget: z.int().positive().optional(),
})

export const handOff: Route = {
  method: "POST",
  path: "/v1/handoffs",
  summary: "Hands the customer to another agent or desk, with a brief of what that one may read.",
  body: HandoffBody,
  answers: "The handoff's name, and the brief as data, as Markdown and as a prompt",
  status: 201,
  async handle(call) {
    const { service, principal } = call
    const [identity, request] = await readAct(call, HandoffBody, "hand_off")
    return json(201, { now: service.clock(), ...(await service.interactions.handOff(identity, request, principal)) })
  },
}
