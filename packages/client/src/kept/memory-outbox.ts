import { byAge, type Outbox, type Unsent } from "./outbox.ts"

/** Lasts as long as the page or process. */
export const createMemoryOutbox = (): Outbox => {
  const kept = new Map<string, Unsent>()
  return {
    async add(unsent) {
      for (const one of unsent) kept.set(one.signal.id, one)
    },
    list: async () => [...kept.values()].sort(byAge),
    async remove(ids) {
      for (const id of ids) kept.delete(id)
    },
  }
}
