import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const MinorBody = z.strictObject({
  identity: IdentityBody.optional(),
  minor: z.boolean(),
  source: z.string().min(1).max(64),
})

export const putMinor: Route = {
  method: "PUT",
  path: "/v1/minors",
  summary:
    "States that a customer is a minor, for whom no purpose beyond the service is granted. A page may say so; that they are of age it may not.",
  body: MinorBody,
  answers: "The choices that count from now on",
  async handle(call) {
    const { principal, service } = call
    const [identity, { minor, ...said }] = await readAct(call, MinorBody, "consent")
    return json(200, { now: service.clock(), state: await service.rights.setMinor(identity, minor, said, principal) })
  },
}
