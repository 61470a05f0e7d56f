import type { Spoken } from "./dialogue.ts"

/** Two ways to write one value: case, spaces and punctuation do not count. */
const normal = (form: string): string => form.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")

export const formsOf = ({ value, raw }: Omit<Spoken, "slot">): readonly string[] =>
  raw === undefined ? [value] : [value, raw]

/** Does any of these forms stand among those? */
export const shareForm = (these: readonly string[], those: readonly string[]): boolean => {
  const accepted = new Set(those.map(normal))
  return these.some((form) => accepted.has(normal(form)))
}
