import type { Item } from "../field.ts"

/** Each value an item. */
export const toItems = (values: readonly unknown[]): readonly Item[] =>
  // A list of one is the usual fact, and a literal costs a tenth of a map.
  values.length === 1 ? [{ value: values[0] }] : values.map((value) => ({ value }))
