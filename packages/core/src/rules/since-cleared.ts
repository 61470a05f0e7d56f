import type { Entry } from "../entry.ts"
import type { Rule } from "../field.ts"
import type { Millis } from "../stamp.ts"

/** Each signal by itself, once however often it arrives. */
export const bySignal: Rule["key"] = (_value, { id }) => id

/** Reads the entries said after the whole field was last cleared, those that count, newest first; nothing when there is none. */
export const readSinceCleared =
  (
    valueFrom: (entries: readonly Entry[], now: Millis) => unknown,
    counts = (entry: Entry, _now: Millis) => !entry.cleared,
  ): Rule["read"] =>
  (entries, { now }) => {
    const cleared = entries.findIndex((entry) => entry.cleared && entry.value === undefined)
    const since = cleared === -1 ? entries : entries.slice(0, cleared)
    const counted = since.filter((entry) => counts(entry, now))
    const entry = counted[0]
    return entry && { value: valueFrom(counted, now), entry }
  }

export const valuesOf = (entries: readonly { readonly value?: unknown }[]): readonly unknown[] =>
  entries.map(({ value }) => value)
