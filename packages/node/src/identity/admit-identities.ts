import type { Identity, Refusal } from "@tellonce/core"
import { type IdentityRules, nobody } from "./identity-rules.ts"

/**
 * A signal as it was sent, with its identities as they are stored. It comes before the parser, for core's own canonical form folds what
 * must be refused here; what has no shape is left to the parser to refuse.
 */
export const admitIdentities = (
  rules: IdentityRules,
  input: unknown,
): { readonly ok: true; readonly input: unknown } | Refusal => {
  if (!isObject(input)) return { ok: true, input }
  const { event } = input
  const name = isObject(event) ? event.name : undefined
  const isLink = name === "linked"
  // What was linked under a value that is blocked by now can still be parted.
  const mayBeNobody = name === "unlinked"
  const own = admit(rules, input.identity, mayBeNobody, isLink)
  if (!own.ok) return own
  const to = isLink || mayBeNobody ? admit(rules, isObject(event) ? event.to : undefined, mayBeNobody, true) : undefined
  if (to?.ok === false) return to
  const changed = own.identity === input.identity ? input : { ...input, identity: own.identity }
  if (to === undefined || !isObject(event) || to.identity === event.to) return { ok: true, input: changed }
  return { ok: true, input: { ...changed, event: { ...event, to: to.identity } } }
}

const admit = (
  rules: IdentityRules,
  given: unknown,
  mayBeNobody: boolean,
  isLink: boolean,
): { readonly ok: true; readonly identity: unknown } | Refusal => {
  if (!isIdentity(given)) return { ok: true, identity: given }
  const result = rules.canonical(given)
  if (!result.ok || mayBeNobody || (given.kind === "anonymous" && !isLink)) return result
  return rules.isBlocked(result.identity) ? nobody() : result
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const isIdentity = (value: unknown): value is Identity =>
  isObject(value) && typeof value.kind === "string" && typeof value.value === "string"
