import type { Database } from "./database.ts"
import { byAge, type Outbox } from "./outbox.ts"

/** Lasts until it is sent, over reloads and restarts. */
export const createIndexedDbOutbox = (database: Database): Outbox => ({
  add: (unsent) =>
    database.run(async (db) => {
      const { store, done } = db.transaction("outbox", "readwrite")
      // Together: a refused write rejects `done` as well, which must not go unheard.
      await Promise.all([...unsent.map((one) => store.put(one)), done])
    }),
  list: () => database.run(async (db) => (await db.getAll("outbox")).sort(byAge)),
  remove: (ids) =>
    database.run(async (db) => {
      const { store, done } = db.transaction("outbox", "readwrite")
      await Promise.all([...ids.map((id) => store.delete(id)), done])
    }),
})
