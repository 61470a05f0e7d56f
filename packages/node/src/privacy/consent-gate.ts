import {
  applySignals,
  type ContextDefinition,
  identityKey,
  type Millis,
  type Refusal,
  refuse,
  type Signal,
} from "@tellonce/core"
import { consentFields } from "../access/consent-fields.ts"
import type { FindCustomer } from "../read-customer.ts"
import { type Choices, choicesIn, choicesOf } from "./consent-field.ts"
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
  // The usual batch: nothing in it needs anybody's consent, and nobody chooses.
  const isPlain = consentFields(definition).every((field) => signals.every(({ facts }) => facts?.[field] === undefined))
  if (isPlain && signals.every((signal) => fieldsCarried(signal).every((name) => isConsented(purposes, name, {})))) {
    return signals.map(() => undefined)
  }
  const refusals = signals.map((signal) => (isGuessedGrant(definition, signal) ? guessed : undefined))
  const choosing = signals.filter((signal, index) => refusals[index] === undefined && isChoice(definition, signal))
  const choicesFor = new Map<string, Promise<Choices>>()
  return Promise.all(
    signals.map(async (signal, index) => {
      const carried = fieldsCarried(signal)
      if (refusals[index] || carried.every((name) => isConsented(gate.purposes, name, {}))) return refusals[index]
      const key = identityKey(signal.identity)
      const reading = choicesFor.get(key) ?? readChoices(signal, choosing, gate)
      choicesFor.set(key, reading)
      const choices = await reading
      return carried.every((name) => isConsented(gate.purposes, name, choices)) ? undefined : denied
    }),
  )
}

/** What the customer of this signal lets be done, once these choices are kept, too. */
const readChoices = async (
  { identity }: Signal,
  choosing: readonly Signal[],
  { customer: read, now }: ConsentGate,
): Promise<Choices> => {
  const customer = await read(identity)
  const theirs = choosing.filter((signal) => customer.identities.includes(identityKey(signal.identity)))
  return choicesIn(applySignals(customer.context, theirs), now)
}

const isChoice = (definition: ContextDefinition, signal: Signal): boolean =>
  Object.keys(choicesOf(definition, signal)).length > 0

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
