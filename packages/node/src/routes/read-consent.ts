import { json } from "../http/replies.ts"
import { choicesIn } from "../privacy/consent-field.ts"
import { consentFieldOf, consentHistory } from "../privacy/consent-history.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const readConsent: Route = {
  method: "GET",
  path: "/v1/consent",
  summary: "What the customer lets be done, and every choice that was made, with the version and the text they saw.",
  query: ["identity", "purpose"],
  answers: "The choices that count, and their history, oldest first",
  async handle(call) {
    const { service } = call
    const field = consentFieldOf(service.definition)
    const { context, keys, reads } = await readAllowed(call, "consent")
    const history = reads.has(field) ? await consentHistory(service, keys) : []
    // Who else they are is in their links: whoever may not read those gets the choices without the names.
    const shown = reads.has("$links") ? history : history.map(({ identity: _identity, ...choice }) => choice)
    return json(200, { now: service.clock(), state: choicesIn(context, service.clock()), history: shown })
  },
}
