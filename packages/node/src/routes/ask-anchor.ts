import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const AnchorBody = z.strictObject({
  identity: IdentityBody.optional(),
  matter: z.string().min(1).max(128).optional(),
  maxAge: z.number().nonnegative().optional(),
  fresh: z.boolean().optional(),
})

export const askAnchor: Route = {
  method: "POST",
  path: "/v1/anchors/:name",
  summary: "What its system of record says now. Whoever says `fresh` gets no old value, but a refusal.",
  body: AnchorBody,
  answers: "`fresh` or `stale` with facts and age, or `unavailable`",
  async handle(call) {
    const { service, principal, params } = call
    const [identity, request] = await readAct(call, AnchorBody, "anchor")
    const answer = await service.interactions.anchor(identity, params.name ?? "", request, principal)
    return json(200, { now: service.clock(), ...answer })
  },
}
