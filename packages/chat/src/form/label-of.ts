import type { FormElement } from "./form-element.ts"
import { groupOf } from "./group-of.ts"
import { nameOf } from "./name-of.ts"

/** What the page calls a question; the input's name where it calls it nothing. */
export const labelOf = (elements: readonly FormElement[]): string => {
  const [first] = elements
  // The label of a radio button is that of an answer.
  const asked = first?.type === "radio" ? groupOf(elements) : first
  return (asked && nameOf(asked)) ?? first?.name ?? ""
}
