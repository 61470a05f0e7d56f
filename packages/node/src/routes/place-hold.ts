import * as z from "zod"
import { json } from "../http/replies.ts"
import { MatterPlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const HoldBody = z.strictObject({
  ...MatterPlaceBody,
  action: z.string().min(1).max(128),
  reason: z.string().min(1).max(500),
  owner: z.string().min(1).max(128),
  until: z.int().nonnegative().optional(),
})

export const placeHold: Route = {
  method: "POST",
  path: "/v1/holds",
  summary: 'Holds an action for this customer ("*" for all) until it is released or ends by itself.',
  body: HoldBody,
  answers: "The hold's name",
  status: 201,
  async handle(call) {
    const { service, principal } = call
    const [identity, request] = await readAct(call, HoldBody, "hold")
    return json(201, { now: service.clock(), ...(await service.interactions.hold(identity, request, principal)) })
  },
}
