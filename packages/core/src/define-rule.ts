import type { Entry } from "./entry.ts"
import { createField, type Field, type FieldOptions, type Reading, type Rule, type Said } from "./field.ts"
import type { Stamp } from "./stamp.ts"
import type { OutputOf, StandardSchema } from "./standard-schema.ts"

/** A rule of your own. The join is not its to change, so it cannot break convergence; `contextLaws` of `@tellonce/testing` shows it. */
export interface OwnRule<Fact, Value> {
  /** Of values with one key the newest is kept. Must follow from its arguments alone. */
  readonly key: (value: Fact, stamp: Stamp) => string
  /** How many keys are kept, the newest first. */
  readonly keep: number
  /** What the kept entries say: newest first, none expired. Undefined when they say nothing. */
  readonly read: (
    entries: readonly Entry<Fact>[],
    reading: Pick<Reading, "now" | "matter">,
  ) => { readonly value: Value; readonly entry: Entry<Fact> } | undefined
}

/** `const oldest = defineRule({ key, keep, read })`, then `fields: { firstSeen: oldest(z.string()) }`. */
export const defineRule =
  <Fact, Value>({ key, keep, read }: OwnRule<Fact, Value>) =>
  <Schema extends StandardSchema<Fact>>(schema: Schema, options?: FieldOptions): Field<OutputOf<Schema>, Value> => {
    const rule: Rule = {
      key: (value, stamp) => key(value as Fact, stamp),
      keep,
      read: (entries, reading) => read(entries as readonly Entry<Fact>[], reading) as Said | undefined,
    }
    return createField(rule, schema, options)
  }
