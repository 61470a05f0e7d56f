import {
  applySignals,
  type ContextDefinition,
  identityKey,
  type Millis,
  type Refusal,
  refuse,
  type Signal,
} from "@tellonce/core"
import type { FindCustomer } from "../read-customer.ts"
import { type Choices, choicesIn, choicesOf, isChoice } from "./consent-field.ts"
import { type FieldPurposes, fieldsCarried, isConsented } from "./field-purposes.ts"

export interface ConsentGate {
  readonly definition: ContextDefinition
  readonly customer: FindCustomer
  readonly purposes: FieldPurposes
  readonly now: Millis
}

/**
 * Per signal, why it may not be kept: it is `refused` already, or for what a field is for and what the customer chose, in the store or in
 * these same signals, whichever of them comes first, since a batch is kept as one. Undefined where it may.
 */
export const checkConsent = async (
  signals: readonly Signal[],
  refused: readonly (Refusal | undefined)[],
  gate: ConsentGate,
): Promise<readonly (Refusal | undefined)[]> => {
  const { definition, purposes } = gate
  const refusals = signals.map(
    (signal, index) => refused[index] ?? (isGuessedGrant(definition, signal) ? guessed : undefined),
  )
  const choices = signals.filter((signal, index) => refusals[index] === undefined && isChoice(definition, signal))
  const choicesOfCustomer = createReader(choices, gate)
  for (const [index, signal] of signals.entries()) {
    if (refusals[index] || isCovered(signal, purposes, {})) continue
    if (!isCovered(signal, purposes, await choicesOfCustomer(signal))) refusals[index] = denied
  }
  return refusals
}

const isCovered = (signal: Signal, purposes: FieldPurposes, choices: Choices): boolean =>
  fieldsCarried(signal).every((field) => isConsented(purposes, field, choices))

/** Reads what the customer of a signal lets be done once these are kept, too: each customer once, and only when asked. */
const createReader = (signals: readonly Signal[], { customer: read, now }: ConsentGate) => {
  const known = new Map<string, Choices>()
  return async ({ identity }: Signal): Promise<Choices> => {
    const key = identityKey(identity)
    const before = known.get(key)
    if (before) return before
    const { identities, context } = await read(identity)
    const theirs = signals.filter((signal) => identities.includes(identityKey(signal.identity)))
    const choices = choicesIn(applySignals(context, theirs), now)
    known.set(key, choices)
    return choices
  }
}

/** A grant is the customer's own, passed on by them, by who serves them or by a system of record. No bot and no model gives it for them. */
const isGuessedGrant = (definition: ContextDefinition, signal: Signal): boolean =>
  (signal.authority === "bot" || signal.authority === "inferred") &&
  Object.values(choicesOf(definition, signal)).includes("granted")

const denied = refuse(
  "consent/denied",
  "The customer has not agreed to any purpose this field serves, so it is not kept. Ask for consent, or leave the field out.",
)

const guessed = refuse(
  "consent/not_given",
  "A bot or a model cannot agree in the customer's place. State a grant with the authority of the customer, an agent or a system of record.",
)
