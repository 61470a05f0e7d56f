import { createField, type Field, type FieldOptions, type Rule } from "../field.ts"
import type { OutputOf, StandardSchema } from "../standard-schema.ts"
import { bySignal, readSinceCleared, valuesOf } from "./since-cleared.ts"
import { toItems } from "./to-items.ts"

export interface RecentOptions extends FieldOptions {
  /** How many are kept, the newest first. */
  readonly keep: number
}

/** The newest few, newest first: what was viewed, said, tried. One fact may hold one value or a list. */
export const recent = <Schema extends StandardSchema>(
  schema: Schema,
  options: RecentOptions,
): Field<OutputOf<Schema> | readonly OutputOf<Schema>[], readonly OutputOf<Schema>[]> =>
  createField(recentRule(options.keep), schema, options)

const recentRule = (keep: number): Rule => ({
  key: bySignal,
  keep,
  items: (fact) => toItems(Array.isArray(fact) ? fact : [fact]),
  read: readSinceCleared(valuesOf),
})
