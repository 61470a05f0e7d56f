import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const ErasureBody = z.strictObject({
  identity: IdentityBody.optional(),
  scope: z.enum(["customer", "identity"]).optional(),
})

export const eraseCustomer: Route = {
  method: "POST",
  path: "/v1/erasures",
  summary:
    "Removes physically all that is kept of a customer (`scope: identity`: of that identity alone). Done when it is answered; tokens from before get 410.",
  body: ErasureBody,
  answers: "A signed receipt without personal data",
  status: 201,
  async handle(call) {
    const [identity, { scope }] = await readAct(call, ErasureBody, "erase")
    return json(201, await call.service.privacy.erase(identity, call.principal, scope))
  },
}
