import type { FormElement } from "./form-element.ts"
import { groupOf } from "./group-of.ts"

/** What belongs to a question: a row the app has marked, the group around a choice, or else the inputs with their labels. */
export const partsOf = (elements: readonly FormElement[]): readonly HTMLElement[] => {
  const holder = elements[0]?.closest<HTMLElement>("[data-row]") ?? groupOf(elements)
  if (holder) return [holder]
  const parts = elements.flatMap((element) => {
    const labels = [...(element.labels ?? [])]
    return labels.some((label) => label.contains(element)) ? labels : [...labels, element]
  })
  return [...new Set<HTMLElement>(parts)]
}
