import type { Identity } from "@tellonce/core"
import type { Database } from "./database.ts"

/** Who this browser is to the service until someone signs in. */
export interface StoredVisitor {
  readonly identity: Identity
  readonly token: string
}

/** Where the visitor is remembered, so that a reload is the same customer. */
export interface VisitorStore {
  read(): Promise<StoredVisitor | undefined>
  write(visitor: StoredVisitor): Promise<void>
}

export const createMemoryVisitorStore = (): VisitorStore => {
  let kept: StoredVisitor | undefined
  return {
    read: async () => kept,
    async write(visitor) {
      kept = visitor
    },
  }
}

export const createIndexedDbVisitorStore = (database: Database): VisitorStore => ({
  read: () => database.run((db) => db.get("visitor", "visitor")),
  write: (visitor) =>
    database.run(async (db) => {
      await db.put("visitor", visitor, "visitor")
    }),
})
