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
 * Per signal, why it may not be kept, or undefined. What a field is for decides, and what the customer chose: in the store or in these
 * same signals, whichever of them comes first, since a batch is kept as one.
 */
export const checkConsent = async (
  signals: readonly Signal[],
  gate: ConsentGate,
): Promise<readonly (Refusal | undefined)[]> => {
  const { definition, purposes } = gate
  const refusals = signals.map((signal) => (isGuessedGrant(definition, signal) ? guessed : undefined))
  const choicesOfCustomer = createReader(signals, refusals, gate)
  for (const [index, signal] of signals.entries()) {
    if (refusals[index] || isCovered(signal, purposes, {})) continue
    if (!isCovered(signal, purposes, await choicesOfCustomer(signal))) refusals[index] = denied
  }
  return refusals
}

const isCovered = (signal: Signal, purposes: FieldPurposes, choices: Choices): boolean =>
  fieldsCarried(signal).every((field) => isConsented(purposes, field, choices))

/** Reads what the customer of a signal lets be done once the choices among these are kept, too: each customer once, and only when asked. */
const createReader = (
  signals: readonly Signal[],
  refusals: readonly (Refusal | undefined)[],
  { definition, customer: read, now }: ConsentGate,
) => {
  const known = new Map<string, Choices>()
  return async ({ identity }: Signal): Promise<Choices> => {
    const key = identityKey(identity)
    const before = known.get(key)
    if (before) return before
    const { identities, context } = await read(identity)
    const theirs = signals.filter(
      (signal, index) =>
        refusals[index] !== guessed &&
        isChoice(definition, signal) &&
        identities.includes(identityKey(signal.identity)),
    )
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
