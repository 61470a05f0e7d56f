import type { ServiceStore, StoredContext } from "@tellonce/core"
import { changedContexts } from "./changed-contexts.ts"
import { createMemoryLog } from "./memory-log.ts"
import { createMemoryTrail } from "./memory-trail.ts"
import { createWatchers } from "./watchers.ts"

/** A store for tests and trials: it keeps everything the process does, and nothing longer. */
export const createMemoryStore = (): ServiceStore => {
  const contexts = new Map<string, StoredContext>()
  const log = createMemoryLog()
  const ends = new Map<string, number>()
  const { append, ...trail } = createMemoryTrail()
  const watchers = createWatchers()
  const read = (key: string): StoredContext => contexts.get(key) ?? { key, seq: 0, encoded: undefined }

  return {
    ...trail,
    read: async (keys) => keys.map(read),
    async update(signals, change, notes = []) {
      const places = signals.map(log.add)
      const added = places.flatMap((place) => place.added ?? [])
      try {
        for (const context of changedContexts(added, read, change)) contexts.set(context.key, context)
      } catch (thrown) {
        log.undo(added)
        throw thrown
      }
      append(notes)
      watchers.notify(added)
      return { logged: places.map(({ seq, duplicateOf }) => (duplicateOf ? { seq, duplicateOf } : { seq })) }
    },
    log: async ({ keys, after = 0, limit = 1_000 }) =>
      log
        .of(keys)
        .filter(({ seq }) => seq > after)
        .slice(0, limit),
    watch: watchers.watch,
    async keys({ after = "", limit = 1_000 }) {
      const later = [...contexts.keys()].filter((key) => key > after)
      return later.sort().slice(0, limit)
    },
    async sweep(keys, change, notes = []) {
      const signals = log.of(keys).map((entry) => [entry, change.signal(entry)] as const)
      const swept = keys.map((key) => ({ ...read(key), encoded: change.context(read(key)) }))
      // From here on nothing throws: all of it or nothing.
      log.rewrite(signals)
      if (change.forgetDuplicates) log.forget(({ key }) => keys.includes(key))
      for (const context of swept) {
        if (context.encoded === undefined) contexts.delete(context.key)
        else contexts.set(context.key, context)
      }
      append(notes)
    },
    async prune(before) {
      log.forget(({ received }) => received < before)
      for (const [name, until] of ends) if (until < before) ends.delete(name)
    },
    async once(name, until) {
      if (ends.has(name)) return false
      ends.set(name, until)
      return true
    },
  }
}
