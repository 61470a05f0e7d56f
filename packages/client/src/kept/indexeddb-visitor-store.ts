import type { Database } from "./database.ts"
import type { VisitorStore } from "./visitor-store.ts"

export const createIndexedDbVisitorStore = (database: Database): VisitorStore => ({
  read: () => database.run((db) => db.get("visitor", "visitor")),
  write: (visitor) =>
    database.run(async (db) => {
      await (visitor ? db.put("visitor", visitor, "visitor") : db.delete("visitor", "visitor"))
    }),
})
