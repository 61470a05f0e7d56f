import type { FormElement } from "./form-element.ts"

/** The fieldset or radiogroup around a choice; undefined where something else is asked in it as well. */
export const groupOf = (elements: readonly FormElement[]): HTMLElement | undefined => {
  const [first] = elements
  const group = first?.type === "radio" ? first.closest<HTMLElement>("fieldset, [role=radiogroup]") : undefined
  if (!group) return undefined
  const inside = group.querySelectorAll<FormElement>("button, input:not([type=hidden]), select, textarea")
  return inside.length === elements.length && elements.every((element) => group.contains(element)) ? group : undefined
}
