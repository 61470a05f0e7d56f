import { v7 as uuid } from "uuid"
import * as z from "zod"
import { json } from "../http.ts"
import { keepOne } from "../ingest/keep-one.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import { choicesIn } from "../privacy/consent-field.ts"
import { consentEvent, consentFieldOf } from "../privacy/consent-history.ts"
import type { Route } from "../route.ts"

const Purpose = z.string().min(1).max(64)
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
    const signal = {
      id: uuid(),
      at: service.clock(),
      identity,
      authority: principal.kind === "agent" ? "agent" : "customer",
      channel: "consent",
      source,
      facts: { [consentFieldOf(service.definition)]: choices },
      event: { name: consentEvent, data: proof },
    }
    await keepOne(service.keep, signal, principal)
    const { context } = await service.customer(identity, principal.kind === "visitor")
    return json(200, { now: service.clock(), state: choicesIn(context, service.clock()) })
  },
}
