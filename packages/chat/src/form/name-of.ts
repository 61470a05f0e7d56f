import type { FormElement } from "./form-element.ts"

/** What the page calls an input or a group of them, in words that can be seen where there are any. */
export const nameOf = (named: HTMLElement): string | undefined => {
  const label = named.querySelector("legend") ?? (named as Partial<FormElement>).labels?.[0]
  const words = wordsOf(labelledBy(named), named) || wordsOf(label ? [label] : [], named)
  return words || named.getAttribute("aria-label") || undefined
}

const labelledBy = (named: HTMLElement): readonly Element[] => {
  // A form that is not in a page yet has no ids to look up.
  const root = named.getRootNode() as Partial<NonElementParentNode>
  const ids = named.getAttribute("aria-labelledby")?.split(/\s+/) ?? []
  return ids.flatMap((id) => root.getElementById?.(id) ?? [])
}

/** The words of the labels, without those of an input that stands in one. */
const wordsOf = (labels: readonly Element[], named: HTMLElement): string =>
  labels
    .map((label) => [...label.childNodes].filter((node) => !node.contains(named)).map((node) => node.textContent))
    .map((words) => words.join(""))
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/[\s:*?]+$/, "")
    .trim()
