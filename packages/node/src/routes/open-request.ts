import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import { requestKinds } from "../privacy/create-rights.ts"
import type { Route } from "../route.ts"

const RequestBody = z.strictObject({
  identity: IdentityBody.optional(),
  kind: z.enum(requestKinds),
  law: z.enum(["gdpr", "ccpa"]).optional(),
  source: z.string().min(1).max(64),
})

export const openRequest: Route = {
  method: "POST",
  path: "/v1/privacy-requests",
  summary:
    "Opens what a customer asks for by right: a matter that is due in a month (`ccpa`: 45 days). It is closed as any matter.",
  body: RequestBody,
  answers: "The request, its state, and when it is due",
  status: 201,
  async handle(call) {
    const { principal, service } = call
    const [identity, asked] = await readAct(call, RequestBody, "consent")
    return json(201, { now: service.clock(), ...(await service.rights.request(identity, asked, principal)) })
  },
}
