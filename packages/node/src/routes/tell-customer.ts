import * as z from "zod"
import { json } from "../http/replies.ts"
import { MatterPlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const ToldBody = z.strictObject({
  ...MatterPlaceBody,
  channel: z.string().min(1).max(64),
  facts: z.record(z.string().min(1).max(64), z.json()),
})

export const tellCustomer: Route = {
  method: "POST",
  path: "/v1/told",
  summary: "Records what a channel told the customer.",
  body: ToldBody,
  answers: "What other channels told them differently, and what is to be put right",
  async handle(call) {
    const { service, principal } = call
    const [identity, telling] = await readAct(call, ToldBody, "tell")
    const stands = await service.interactions.tell(identity, telling, principal)
    return json(200, { now: service.clock(), ...stands })
  },
}
