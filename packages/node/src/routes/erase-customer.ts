import * as z from "zod"
import { demand } from "../can.ts"
import { json } from "../http.ts"
import { readJson } from "../input-gate.ts"
import { IdentityBody, parseBody } from "../parse-body.ts"
import { ownIdentity } from "../read-allowed.ts"
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
  async handle({ request, principal, service }) {
    const { identity = ownIdentity(principal), scope } = parseBody(ErasureBody, await readJson(request))
    demand(principal, "erase", identity)
    return json(201, await service.privacy.erase(identity, principal, scope))
  },
}
