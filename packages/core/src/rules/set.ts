import { canonical } from "../canonical.ts"
import { createField, type Field, type FieldOptions, type Item, type Rule } from "../field.ts"
import type { OutputOf, StandardSchema } from "../standard-schema.ts"
import { readSinceCleared, valuesOf } from "./since-cleared.ts"
import { toItems } from "./to-items.ts"

export interface SetOptions extends FieldOptions {
  /** How many elements are remembered, present or removed; 200 unless told. Beyond it the oldest are forgotten. */
  readonly keep?: number
}

/** Elements to add, or a change of both kinds. */
export type SetFact<Element> =
  | readonly Element[]
  | { readonly add?: readonly Element[]; readonly remove?: readonly Element[] }

/** A set of elements: of each element the newest statement, present or removed, decides. */
export const set = <Schema extends StandardSchema>(
  schema: Schema,
  options: SetOptions = {},
): Field<SetFact<OutputOf<Schema>>, readonly OutputOf<Schema>[]> =>
  createField(setRule(options.keep ?? 200), schema, options)

const setRule = (keep: number): Rule => ({
  // Text is its own key, as it is. What else there is begins like no text that is taken so.
  key: (value) => (typeof value === "string" && value.charCodeAt(0) !== 0 ? value : `\0${canonical(value ?? null)}`),
  keep,
  items: (fact) => {
    if (Array.isArray(fact)) return toItems(fact)
    const { add = [], remove = [] } = fact as { add?: readonly unknown[]; remove?: readonly unknown[] }
    return [...toItems(add), ...remove.map((value): Item => ({ value, cleared: true }))]
  },
  fact: (items) => ({
    add: valuesOf(items.filter(({ cleared }) => !cleared)),
    remove: valuesOf(items.filter(({ cleared }) => cleared)),
  }),
  read: readSinceCleared(valuesOf),
})
