import { type ContextDefinition, type Refusal, refuse, type Signal, type SignalParser } from "@tellonce/core"
import { maySay } from "../can.ts"
import { admitIdentities } from "../identity/admit-identities.ts"
import type { IdentityRules } from "../identity/identity-rules.ts"
import { checkShape } from "../input-gate.ts"
import type { Principal } from "../principal.ts"
import { withoutSelfLink } from "./address-signal.ts"

export interface AdmitSignal {
  readonly definition: ContextDefinition
  readonly principal: Principal
  readonly identities: IdentityRules
  readonly parse: SignalParser
}

/** One signal by itself: its shape, its identities as they are stored, its facts by their schemas, and whether the caller may say it. */
export const admitSignal = (
  input: unknown,
  { definition, principal, identities, parse }: AdmitSignal,
): { readonly ok: true; readonly signal: Signal } | Refusal => {
  const shape = checkShape(input)
  if (!shape.ok) return shape
  const admitted = admitIdentities(identities, withCaller(input, principal))
  if (!admitted.ok) return admitted
  const parsed = parse(definition, admitted.input)
  if (!parsed.ok) return parsed
  if (maySay(principal, parsed.signal)) return { ok: true, signal: withoutSelfLink(parsed.signal) }
  return refuse(
    "access/may_not_say",
    "This token may not speak with that authority or vouch for that event. Send it from your backend with the secret key.",
  )
}

/** A page's token says whose signal it is and, unless told, that the customer speaks; an agent's token names its agent. */
const withCaller = (input: unknown, principal: Principal): unknown => {
  if (typeof input !== "object" || input === null || principal.kind === "secret" || principal.kind === "publishable")
    return input
  return principal.kind === "agent"
    ? { authority: "agent", ...input, speaker: principal.agent }
    : { authority: "customer", ...input, identity: principal.identity }
}
