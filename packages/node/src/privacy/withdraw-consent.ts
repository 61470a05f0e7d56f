import {
  type AuditNote,
  type ContextDefinition,
  type Identity,
  identityKey,
  isEvent,
  type Millis,
  type Signal,
  type Sweeper,
} from "@tellonce/core"
import type { FindCustomer } from "../read-customer.ts"
import { choicesIn, choicesOf } from "./consent-field.ts"
import { type FieldPurposes, fieldsCarried, isConsented, isRefused } from "./field-purposes.ts"
import { keepEntries, keepFields } from "./keep-only.ts"

export interface WithdrawOptions {
  readonly definition: ContextDefinition
  readonly store: Sweeper
  readonly customer: FindCustomer
  readonly purposes: FieldPurposes
  readonly clock: () => Millis
  /** What the audit trail is to say of it, in the same transaction. */
  readonly noteOf: (identity: Identity, fields: readonly string[]) => readonly AuditNote[]
}

/** Whose stored data is to be looked at, and which of their fields. */
export interface Review {
  readonly identity: Identity
  readonly fields: readonly string[]
}

/**
 * Removes physically what is kept of a customer for purposes they refuse. What is known of duplicates stays, so that nothing of it comes
 * again with an old signal.
 */
export const withdrawConsent = async ({ identity, fields }: Review, options: WithdrawOptions): Promise<void> => {
  const { definition, store, customer, purposes, clock, noteOf } = options
  const { identities, context } = await customer(identity)
  const choices = choicesIn(context, clock())
  const refused = fields.filter((field) => isRefused(purposes, field, choices))
  if (refused.length === 0) return
  const isKept = (field: string) => !refused.includes(field)
  await store.sweep(
    identities,
    {
      context: (stored) => keepEntries(definition, stored, isKept),
      signal: ({ signal }) => keepFields(signal, isKept),
    },
    noteOf(identity, refused),
  )
}

/** What follows from these signals, once they are kept: a denial, a join with somebody who denied, or a denial that came in between. */
export const reviewsAfter = (
  signals: readonly Signal[],
  { definition, purposes }: Pick<WithdrawOptions, "definition" | "purposes">,
): readonly Review[] => {
  const bound = Object.keys(purposes).filter((field) => !isConsented(purposes, field, {}))
  if (bound.length === 0) return []
  const found = new Map<string, Review>()
  for (const signal of signals) {
    const denies = Object.values(choicesOf(definition, signal)).includes("denied")
    const joins = isEvent(signal.event, "linked") && signal.event.proof === "verified"
    const fields = denies || joins ? bound : fieldsCarried(signal).filter((field) => bound.includes(field))
    const key = identityKey(signal.identity)
    const known = found.get(key)?.fields ?? []
    if (fields.length > 0) found.set(key, { identity: signal.identity, fields: [...new Set([...known, ...fields])] })
  }
  return [...found.values()]
}
