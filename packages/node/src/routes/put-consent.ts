import * as z from "zod"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import { recordChoices } from "../privacy/record-choices.ts"
import type { Route } from "../route.ts"

/** Names with a dollar are the house's: restriction and age have ways of their own. */
export const Purpose = z.string().max(64).regex(/^[^$]/)
const ConsentBody = z.strictObject({
  identity: IdentityBody.optional(),
  choices: z
    .record(Purpose, z.enum(["granted", "denied"]))
    .refine((choices) => Object.keys(choices).length > 0 && Object.keys(choices).length <= 64, "1 to 64 purposes"),
  version: z.string().min(1).max(64).optional(),
  textHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  source: z.string().min(1).max(64),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .optional(),
})

export const putConsent: Route = {
  method: "PUT",
  path: "/v1/consent",
  summary:
    "Records what the customer lets be done, per purpose. A denial removes what is kept for that purpose before it is answered.",
  body: ConsentBody,
  answers: "The choices that count from now on",
  async handle(call) {
    const { principal, service } = call
    const [identity, { choices, source, ...proof }] = await readAct(call, ConsentBody, "consent")
    const state = await recordChoices(service, principal, { identity, choices, source, proof })
    return json(200, { now: service.clock(), state })
  },
}
