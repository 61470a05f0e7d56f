import type { Addressed, LoggedSignal, Millis, Signal } from "@tellonce/core"
import { onceKey } from "./once-key.ts"

/** What is known of a signal that came: it outlives the log row. `signal` is undefined when what it said has been swept. */
interface Seen extends Omit<LoggedSignal, "signal"> {
  readonly signal: Signal | undefined
}

/** The log of the memory store and what it knows of duplicates. */
export const createMemoryLog = () => {
  const seen = new Map<string, Seen>()
  let logged: LoggedSignal[] = []
  let lastSeq = 0

  return {
    of(keys: readonly string[]): readonly LoggedSignal[] {
      const wanted = new Set(keys)
      return logged.filter(({ key }) => wanted.has(key))
    },
    add(addressed: Addressed) {
      const once = onceKey(addressed)
      const before = seen.get(once)
      if (before) return { seq: before.seq, duplicateOf: before.signal ?? addressed.signal }
      const entry: LoggedSignal = { seq: ++lastSeq, ...addressed }
      logged.push(entry)
      seen.set(once, entry)
      return { seq: entry.seq, added: entry }
    },
    /** Takes back what was just added. */
    undo(added: readonly LoggedSignal[]) {
      logged.length -= added.length
      for (const entry of added) seen.delete(onceKey(entry))
    },
    /** Each entry with what is kept of it: undefined removes. */
    rewrite(changes: readonly (readonly [LoggedSignal, Signal | undefined])[]) {
      const kept = new Map(changes)
      for (const [entry, signal] of changes) {
        if (signal !== entry.signal) seen.set(onceKey(entry), { ...entry, signal: undefined })
      }
      logged = logged.flatMap((entry) => {
        const signal = kept.has(entry) ? kept.get(entry) : entry.signal
        if (signal === undefined) return []
        return [signal === entry.signal ? entry : { ...entry, signal }]
      })
    },
    forget(isForgotten: (known: { readonly key: string; readonly received: Millis }) => boolean) {
      for (const [once, known] of seen) if (isForgotten(known)) seen.delete(once)
    },
  }
}
