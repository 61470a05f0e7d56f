import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const LinkBody = z.strictObject({ identity: IdentityBody.optional() })

export const linkHandoff: Route = {
  method: "POST",
  path: "/v1/handoffs/:handoff/links",
  summary: "Makes a link with which the agent it was handed to opens the brief, once, within ten minutes.",
  body: LinkBody,
  answers: "The link's token and when it ends",
  status: 201,
  async handle(call) {
    const { service, params } = call
    const [identity] = await readAct(call, LinkBody, "hand_off")
    const link = await service.interactions.linkHandoff(identity, params.handoff ?? "")
    return json(201, { now: service.clock(), ...link })
  },
}
