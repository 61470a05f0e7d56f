import type { Addressed, LoggedSignal, Millis, Signal } from "@tellonce/core"

/** What is known of a signal that came: it outlives the log row. `signal` is undefined when what it said has been swept. */
interface Seen extends Omit<LoggedSignal, "signal"> {
  readonly signal: Signal | undefined
}

/** The log of one key, and what is known of its duplicates. */
interface KeyLog {
  entries: LoggedSignal[]
  /** By source and id. */
  readonly seen: Map<string, Map<string, Seen>>
}

const seenFrom = ({ seen }: KeyLog, source: string): Map<string, Seen> => {
  const known = seen.get(source)
  if (known) return known
  const ids = new Map<string, Seen>()
  seen.set(source, ids)
  return ids
}

/** The log of the memory store: one for each key, with places counted over all. */
export const createMemoryLog = () => {
  const logs = new Map<string, KeyLog>()
  let lastSeq = 0

  const logOf = (key: string): KeyLog => {
    const known = logs.get(key)
    if (known) return known
    const log: KeyLog = { entries: [], seen: new Map() }
    logs.set(key, log)
    return log
  }

  return {
    /** In order of their places. */
    of(keys: readonly string[]): readonly LoggedSignal[] {
      const found = [...new Set(keys)].flatMap((key) => logs.get(key)?.entries ?? [])
      return keys.length === 1 ? found : found.sort((a, b) => a.seq - b.seq)
    },
    add({ key, signal, received }: Addressed) {
      const log = logOf(key)
      const seen = seenFrom(log, signal.source)
      const before = seen.get(signal.id)
      if (before) return { seq: before.seq, duplicateOf: before.signal ?? signal }
      const entry: LoggedSignal = { seq: ++lastSeq, key, signal, received }
      log.entries.push(entry)
      seen.set(signal.id, entry)
      return { seq: entry.seq, added: entry }
    },
    /** Takes back what was just added. */
    undo(added: readonly LoggedSignal[]) {
      for (const { key, signal } of added) {
        const log = logOf(key)
        log.entries.pop()
        seenFrom(log, signal.source).delete(signal.id)
      }
    },
    /** Each entry with what is kept of it: undefined removes. */
    rewrite(changes: readonly (readonly [LoggedSignal, Signal | undefined])[]) {
      const kept = new Map(changes)
      for (const [entry, signal] of changes) {
        const { id, source } = entry.signal
        if (signal !== entry.signal) seenFrom(logOf(entry.key), source).set(id, { ...entry, signal: undefined })
      }
      for (const key of new Set(changes.map(([entry]) => entry.key))) {
        const log = logOf(key)
        log.entries = log.entries.flatMap((entry) => {
          const signal = kept.has(entry) ? kept.get(entry) : entry.signal
          if (signal === undefined) return []
          return [signal === entry.signal ? entry : { ...entry, signal }]
        })
      }
    },
    forgetKeys(keys: readonly string[]) {
      for (const key of keys) logs.get(key)?.seen.clear()
    },
    forgetBefore(before: Millis) {
      for (const { seen } of logs.values()) {
        for (const ids of seen.values()) for (const [id, { received }] of ids) if (received < before) ids.delete(id)
      }
    },
  }
}
