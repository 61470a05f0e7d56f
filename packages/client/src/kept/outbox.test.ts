import { unwrap } from "idb"
import { expect, it } from "vitest"
import { createDatabase } from "./database.ts"
import { useIndexedDb } from "./indexed-db.fixture.ts"
import { createIndexedDbOutbox } from "./indexeddb-outbox.ts"
import { createMemoryOutbox } from "./memory-outbox.ts"
import { outboxSuite, unsent } from "./outbox.suite.ts"

useIndexedDb()

let databases = 0

outboxSuite("memory", createMemoryOutbox)
outboxSuite("IndexedDB", () => createIndexedDbOutbox(createDatabase({ name: `outbox ${databases++}` })))

it("an IndexedDB outbox finds again what another connection has kept", async () => {
  const first = createDatabase({ name: "again" })
  await createIndexedDbOutbox(first).add([unsent("a", 1)])
  first.close()
  expect(await createIndexedDbOutbox(createDatabase({ name: "again" })).list()).toEqual([unsent("a", 1)])
})

it("an IndexedDB outbox reopens a connection that has died", async () => {
  const opened: IDBDatabase[] = []
  const database = createDatabase({ name: "dying" })
  await database.run(async (db) => opened.push(unwrap(db)))
  opened[0]?.close()
  const outbox = createIndexedDbOutbox(database)
  await outbox.add([unsent("a", 1)])
  expect(await outbox.list()).toEqual([unsent("a", 1)])
})
