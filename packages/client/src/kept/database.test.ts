import { expect, it } from "vitest"
import { createDatabase } from "./database.ts"
import { useIndexedDb } from "./indexed-db.fixture.ts"

useIndexedDb()

it("while the page is busy, IndexedDB is not taken for silent", async () => {
  const database = createDatabase({ name: "busy", patience: 80 })
  const stored = database.run((db) => db.getAll("outbox"))
  const until = performance.now() + 200
  while (performance.now() < until);
  expect(await stored).toEqual([])
  database.close()
})
