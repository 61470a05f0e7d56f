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
    const counted: Entry[] = []
    for (const entry of entries) {
      if (entry.cleared && entry.value === undefined) break
      if (counts(entry, now)) counted.push(entry)
    }
    const entry = counted[0]
    return entry && { value: valueFrom(counted, now), entry }
  }

export const valuesOf = (entries: readonly { readonly value?: unknown }[]): readonly unknown[] =>
  entries.map(({ value }) => value)
