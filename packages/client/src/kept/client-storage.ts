import { createDatabase } from "./database.ts"
import { createIndexedDbOutbox } from "./indexeddb-outbox.ts"
import { createIndexedDbVisitorStore } from "./indexeddb-visitor-store.ts"
import { createMemoryOutbox } from "./memory-outbox.ts"
import type { Outbox } from "./outbox.ts"
import { createMemoryVisitorStore, type VisitorStore } from "./visitor-store.ts"

/** What a client keeps, and where. */
export interface ClientStorage {
  /** Tabs whose storage has one name are one client: they share a leader. Absent: each for itself. */
  readonly name?: string
  /** `disk` outlives the page or process. */
  readonly durability: "disk" | "memory"
  readonly outbox: Outbox
  readonly visitor: VisitorStore
  close?(): void
}

export const createMemoryStorage = (): ClientStorage => ({
  durability: "memory",
  outbox: createMemoryOutbox(),
  visitor: createMemoryVisitorStore(),
})

/** Clients of one name share what they keep; two shops on one origin need two names. */
export const createIndexedDbStorage = ({ name }: { readonly name: string }): ClientStorage => {
  const database = createDatabase({ name })
  return {
    name,
    durability: "disk",
    outbox: createIndexedDbOutbox(database),
    visitor: createIndexedDbVisitorStore(database),
    close: database.close,
  }
}
