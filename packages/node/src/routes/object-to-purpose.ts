import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"
import { Purpose } from "./put-consent.ts"

const ObjectionBody = z.strictObject({
  identity: IdentityBody.optional(),
  purpose: Purpose,
  source: z.string().min(1).max(64),
})

export const objectToPurpose: Route = {
  method: "POST",
  path: "/v1/objections",
  summary:
    "The customer objects to a purpose: nothing is read for it any more, and what is kept for it alone is removed.",
  body: ObjectionBody,
  answers: "The choices that count from now on",
  async handle(call) {
    const { principal, service } = call
    const [identity, { purpose, ...said }] = await readAct(call, ObjectionBody, "consent")
    return json(200, { now: service.clock(), state: await service.rights.object(identity, purpose, said, principal) })
  },
}
