import { type ClientStorage, createMemoryStorage } from "./client-storage.ts"

export interface SafeStorage extends ClientStorage {
  close(): void
}

/**
 * The chosen storage until it breaks, memory from then on. A full disk or a locked-down browser costs the page its reloads, not its
 * signals. Nothing here rejects; `onBroken` is told once.
 */
export const createSafeStorage = (chosen: ClientStorage, onBroken: (cause: unknown) => void): SafeStorage => {
  let current = chosen
  const attempt = async <Result>(work: (storage: ClientStorage) => Promise<Result>): Promise<Result> => {
    const tried = current
    try {
      return await work(tried)
    } catch (cause) {
      if (current === chosen) {
        current = createMemoryStorage()
        onBroken(cause)
      }
      return work(current)
    }
  }
  return {
    get durability() {
      return current.durability
    },
    outbox: {
      add: (unsent) => attempt(({ outbox }) => outbox.add(unsent)),
      list: () => attempt(({ outbox }) => outbox.list()),
      remove: (ids) => attempt(({ outbox }) => outbox.remove(ids)),
    },
    visitor: {
      read: () => attempt(({ visitor }) => visitor.read()),
      write: (one) => attempt(({ visitor }) => visitor.write(one)),
    },
    close: () => chosen.close?.(),
  }
}
