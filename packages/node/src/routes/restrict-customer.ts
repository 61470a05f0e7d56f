import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const RestrictionBody = z.strictObject({
  identity: IdentityBody.optional(),
  restricted: z.boolean(),
  source: z.string().min(1).max(64),
})

export const restrictCustomer: Route = {
  method: "PUT",
  path: "/v1/restrictions",
  summary: "Restricts the processing of a customer, or lifts it: restricted, their data is kept and shown to no agent.",
  body: RestrictionBody,
  answers: "The choices that count from now on",
  async handle(call) {
    const { principal, service } = call
    const [identity, { restricted, ...said }] = await readAct(call, RestrictionBody, "consent")
    return json(200, {
      now: service.clock(),
      state: await service.rights.restrict(identity, restricted, said, principal),
    })
  },
}
