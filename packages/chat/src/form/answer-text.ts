import type { FormElement } from "./form-element.ts"
import { nameOf } from "./name-of.ts"

/** What the page calls the answer of this value, where a question has given answers. */
export const answerText = (elements: readonly FormElement[], value: unknown): string | undefined => {
  const [first] = elements
  if (first && "options" in first) return [...first.options].find((option) => option.value === String(value))?.text
  const answer = elements.find((element) => element.type === "radio" && element.value === String(value))
  return answer && nameOf(answer)
}
