import type { Consent, Context, ContextDefinition, Millis, Signal } from "@tellonce/core"
import { view } from "@tellonce/core"
import { consentFields } from "../access/consent-fields.ts"

/** What a customer said of each purpose. A purpose that is absent was never chosen, which is no grant and no denial. */
export type Choices = Readonly<Record<string, Consent>>

/** The choices that count for whom this is the context of; of two consent fields the stricter. */
export const choicesIn = (context: Context, now: Millis): Choices => {
  const seen = view(context, { now })
  return strictest(consentFields(context.definition).map((field) => valueIn(seen[field])))
}

const valueIn = (field: object | undefined): Choices =>
  field !== undefined && "value" in field && field.value !== undefined ? (field.value as Choices) : {}

/** The choices this signal states. */
export const choicesOf = (definition: ContextDefinition, { facts = {} }: Signal): Choices =>
  strictest(consentFields(definition).map((field) => (facts[field] ?? {}) as Choices))

export const isChoice = (definition: ContextDefinition, { facts = {} }: Signal): boolean =>
  consentFields(definition).some((field) => Object.keys(facts[field] ?? {}).length > 0)

/** A denial beats a grant, whoever comes first; what nobody mentions stays absent. */
export const strictest = (all: readonly Choices[]): Choices => {
  const found = new Map<string, Consent>()
  for (const choices of all) {
    for (const [purpose, choice] of Object.entries(choices)) {
      if (found.get(purpose) !== "denied") found.set(purpose, choice)
    }
  }
  return Object.fromEntries(found)
}
