import type { Addressed, LoggedSignal, Store, StoredContext, StoreUpdate } from "@tellonce/core"
import { changedContexts } from "./changed-contexts.ts"
import { createWatchers } from "./watchers.ts"

/** A store for tests and trials: it keeps everything the process does, and nothing longer. */
export const createMemoryStore = (): Store => {
  const contexts = new Map<string, StoredContext>()
  const byId = new Map<string, LoggedSignal>()
  const logged: LoggedSignal[] = []
  const watchers = createWatchers()
  const read = (key: string): StoredContext => contexts.get(key) ?? { key, seq: 0, encoded: undefined }

  const log = (addressed: Addressed) => {
    const once = onceKey(addressed)
    const before = byId.get(once)
    if (before) return { seq: before.seq, duplicateOf: before.signal }
    const entry = { seq: logged.length + 1, ...addressed }
    logged.push(entry)
    byId.set(once, entry)
    return { seq: entry.seq, added: entry }
  }

  return {
    read: async (keys) => keys.map(read),
    async update(signals, change): Promise<StoreUpdate> {
      const before = logged.length
      const places = signals.map(log)
      const added = places.flatMap((place) => place.added ?? [])
      try {
        for (const context of changedContexts(added, read, change)) contexts.set(context.key, context)
      } catch (thrown) {
        for (const entry of logged.splice(before)) byId.delete(onceKey(entry))
        throw thrown
      }
      watchers.notify(added)
      return { logged: places.map(({ seq, duplicateOf }) => (duplicateOf ? { seq, duplicateOf } : { seq })) }
    },
    async log({ keys, after = 0, limit = 1_000 }) {
      const wanted = new Set(keys)
      return logged.filter(({ seq, key }) => seq > after && wanted.has(key)).slice(0, limit)
    },
    watch: watchers.watch,
  }
}

const onceKey = ({ key, signal }: Addressed): string => JSON.stringify([key, signal.source, signal.id])
