import "fake-indexeddb/auto"
import { expect, it } from "vitest"
import { createDatabase } from "./database.ts"
import { createIndexedDbOutbox } from "./indexeddb-outbox.ts"
import { createMemoryOutbox } from "./memory-outbox.ts"
import { outboxSuite, unsent } from "./outbox.suite.ts"

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
  let opened: IDBDatabase | undefined
  const database = createDatabase({ name: "dying" })
  await database.run(async (db) => {
    opened = db as unknown as IDBDatabase
  })
  opened?.close()
  const outbox = createIndexedDbOutbox(database)
  await outbox.add([unsent("a", 1)])
  expect(await outbox.list()).toEqual([unsent("a", 1)])
})
