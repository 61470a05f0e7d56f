import type { ServiceStore, StoredContext, StoreNews } from "@tellonce/core"
import { createListeners } from "./create-listeners.ts"
import { growContexts } from "./grow-contexts.ts"
import { createMemoryLog } from "./memory-log.ts"
import { createMemoryOutbox } from "./memory-outbox.ts"
import { createMemoryTrail } from "./memory-trail.ts"

/** A store for tests and trials: it keeps everything the process does, and nothing longer. */
export const createMemoryStore = (): ServiceStore => {
  const contexts = new Map<string, StoredContext>()
  const log = createMemoryLog()
  const ends = new Map<string, number>()
  const { append, ...trail } = createMemoryTrail()
  const outbox = createMemoryOutbox()
  const listeners = createListeners<StoreNews>()
  const read = (key: string): StoredContext => contexts.get(key) ?? { key, seq: 0, encoded: undefined, tail: [] }

  return {
    ...trail,
    ...outbox.port,
    read: async (keys) => keys.map(read),
    async update(signals, fold, notes = []) {
      const places = signals.map(log.add)
      const added = places.flatMap((place) => place.added ?? [])
      try {
        for (const { context } of growContexts({ logged: added }, read, fold)) contexts.set(context.key, context)
      } catch (thrown) {
        log.undo(added)
        throw thrown
      }
      outbox.add(signals.flatMap(({ outgoing }, index) => (places[index]?.added && outgoing) ?? []))
      append(notes)
      if (added.length > 0) listeners.tell({ added, swept: [] })
      return { logged: places.map(({ seq, duplicateOf }) => (duplicateOf ? { seq, duplicateOf } : { seq })) }
    },
    log: async ({ keys, after = 0, limit = 1_000 }) =>
      log
        .of(keys)
        .filter(({ seq }) => seq > after)
        .slice(0, limit),
    watch: listeners.listen,
    async keys({ after = "", limit = 1_000 }) {
      const later = [...contexts.keys()].filter((key) => key > after)
      return later.sort().slice(0, limit)
    },
    async sweep(keys, change, notes = []) {
      const signals = log.of(keys).map((entry) => [entry, change.signal(entry)] as const)
      const swept = keys.map((key) => ({ ...read(key), tail: [], encoded: change.context(read(key)) }))
      // From here on nothing throws: all of it or nothing.
      log.rewrite(signals)
      if (change.forgetDuplicates) {
        log.forgetKeys(keys)
        outbox.forget(keys)
      }
      for (const context of swept) {
        if (context.encoded !== undefined) contexts.set(context.key, context)
        else if (log.of([context.key]).length === 0) contexts.delete(context.key)
        else contexts.set(context.key, { ...context, tail: log.of([context.key]).map(({ signal }) => signal) })
      }
      outbox.add(change.outgoing ?? [])
      append(notes)
      listeners.tell({ added: [], swept: keys })
    },
    async prune(before) {
      log.forgetBefore(before)
      outbox.prune(before)
      for (const [name, until] of ends) if (until < before) ends.delete(name)
    },
    async once(name, until) {
      if (ends.has(name)) return false
      ends.set(name, until)
      return true
    },
  }
}
