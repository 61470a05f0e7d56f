import type { Context, Entry, SignalEvent } from "@tellonce/core"
import { claims } from "./event-fields.ts"
import { stripEvent } from "./strip-signal.ts"

/** The context without what the reader may not read: what is left out is absent, not marked. */
export const stripContext = (context: Context, reads: ReadonlySet<string>): Context => ({
  ...context,
  entries: context.definition.places.map(({ index, name }) => {
    const entries = reads.has(name === claims ? "$links" : name) ? (context.entries[index] ?? []) : []
    return name === "$told" ? entries.map((entry) => stripTold(entry, reads)) : entries
  }),
})

const stripTold = (entry: Entry, reads: ReadonlySet<string>): Entry =>
  entry.value === undefined ? entry : { ...entry, value: stripEvent(entry.value as SignalEvent, reads) }
