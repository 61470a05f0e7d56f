import type { FormElement } from "./form-element.ts"
import { groupOf } from "./group-of.ts"

/** What the page calls a question; the input's name where it calls it nothing. */
export const labelOf = (elements: readonly FormElement[]): string => {
  const [first] = elements
  // The label of a radio button is that of an answer.
  const asked = first?.type === "radio" ? groupOf(elements) : first
  return (asked && nameOf(asked)) || (first?.name ?? "")
}

const nameOf = (asked: HTMLElement): string | null => {
  const label = asked.querySelector("legend") ?? (asked as Partial<FormElement>).labels?.[0]
  return wordsOf(labelledBy(asked), asked) || wordsOf(label ? [label] : [], asked) || asked.getAttribute("aria-label")
}

const labelledBy = (asked: HTMLElement): readonly Element[] => {
  // A form that is not in a page yet has no ids to look up.
  const root = asked.getRootNode() as Partial<NonElementParentNode>
  const ids = asked.getAttribute("aria-labelledby")?.split(/\s+/) ?? []
  return ids.flatMap((id) => root.getElementById?.(id) ?? [])
}

/** The words of the labels, without those of an input that stands in one. */
const wordsOf = (labels: readonly Element[], asked: HTMLElement): string =>
  labels
    .map((label) => [...label.childNodes].filter((node) => !node.contains(asked)).map((node) => node.textContent))
    .map((words) => words.join(""))
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/[\s:*?]+$/, "")
    .trim()
