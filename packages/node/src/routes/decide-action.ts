import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const DecisionBody = z.strictObject({
  identity: IdentityBody.optional(),
  action: z.string().min(1).max(128),
  purpose: z.string().min(1).max(64).optional(),
  matter: z.string().min(1).max(128).optional(),
})

export const decideAction: Route = {
  method: "POST",
  path: "/v1/decisions",
  summary: "May this be done to this customer now?",
  body: DecisionBody,
  answers: "Whether it is allowed; if not why, until when, and what would change it",
  async handle(call) {
    const { service, principal } = call
    const [identity, request] = await readAct(call, DecisionBody, "decide")
    const decision = await service.interactions.decide(identity, request, principal)
    return json(200, { now: service.clock(), ...decision })
  },
}
