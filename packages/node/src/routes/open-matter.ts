import * as z from "zod"
import { json } from "../http/replies.ts"
import { MatterPlaceBody, readAct } from "../interactions/read-act.ts"
import type { Route } from "../route.ts"

const MatterBody = z.strictObject({
  ...MatterPlaceBody,
  kind: z.string().min(1).max(128).optional(),
  title: z.string().min(1).max(200).optional(),
})

export const openMatter: Route = {
  method: "POST",
  path: "/v1/matters",
  summary: "Opens one thing the customer is dealing with, such as a return. Unless told, it is given a name.",
  body: MatterBody,
  answers: "The matter's name",
  status: 201,
  async handle(call) {
    const { service, principal } = call
    const [identity, opening] = await readAct(call, MatterBody, "open_matter")
    return json(201, { now: service.clock(), ...(await service.interactions.openMatter(identity, opening, principal)) })
  },
}
