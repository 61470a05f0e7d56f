import type { AskAnswer, FieldView, View } from "@tellonce/core"
import { SaidValue } from "./define-replay-context.ts"
import { formsOf } from "./forms.ts"
import type { Heard, Reading } from "./score.ts"
import { accepted } from "./to-signals.ts"

/** The first field that is known answers for the slot. */
export const heardFrom = (fields: readonly string[], answers: Readonly<Record<string, AskAnswer>>): Heard => {
  for (const field of fields) {
    const answer = answers[field]
    if (answer && answer.answer !== "ask") {
      return { answer: answer.answer, forms: formsOf(SaidValue.parse(answer.value)) }
    }
  }
  return { answer: "ask" }
}

/**
 * What the context says of a service's slot: what was said for it, else what was said elsewhere, else what another service's agent told
 * the customer for one of the `toldKeys`.
 */
export const readSlot = (
  seen: View,
  service: string,
  fields: readonly string[],
  toldKeys: ReadonlySet<string>,
): Reading | undefined => {
  for (const name of fields) {
    const field = seen[name] as FieldView | undefined
    if (field?.value !== undefined) {
      const said = field.matter === service && field.source !== accepted
      return { forms: formsOf(SaidValue.parse(field.value)), said }
    }
  }
  for (const { matter, value } of seen.$.told) {
    const told = fields.find((name) => toldKeys.has(name) && name in value.facts)
    if (told !== undefined && matter !== service) {
      return { forms: formsOf(SaidValue.parse(value.facts[told])), said: false }
    }
  }
  return undefined
}
