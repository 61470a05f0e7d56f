import type { Database } from "./database.ts"
import { byAge, type Outbox } from "./outbox.ts"

/** Lasts until it is sent, over reloads and restarts. */
export const createIndexedDbOutbox = (database: Database): Outbox => ({
  add: (unsent) =>
    database.run(async (db) => {
      const transaction = db.transaction("outbox", "readwrite")
      const puts = unsent.map((one) => transaction.store.put(one))
      // Now, not when the puts have been answered: what a page has not committed when it is left, the browser takes back.
      transaction.commit()
      // Together: a refused write rejects `done` as well, which must not go unheard.
      await Promise.all([...puts, transaction.done])
    }),
  list: () => database.run(async (db) => (await db.getAll("outbox")).sort(byAge)),
  remove: (ids) =>
    database.run(async (db) => {
      const { store, done } = db.transaction("outbox", "readwrite")
      await Promise.all([...ids.map((id) => store.delete(id)), done])
    }),
})
