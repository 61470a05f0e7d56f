import { createPostgresStore, migrate } from "@tellonce/postgres"
import pg from "pg"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

// A real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.stop())

const next = {
  version: 2,
  worksWith: 1,
  text: "ALTER TABLE tellonce.context ADD COLUMN mood text; CREATE TABLE tellonce.mood (name text PRIMARY KEY)",
}
const ours = { version: 1, worksWith: 1, text: "" }

const to = (id: string) => {
  const identity = { kind: "user", value: "1" }
  const signal = { id, at: 1, identity, authority: "customer", channel: "web", source: "page" } as const
  return [{ key: "user:1", signal, received: 7 }]
}

it("a node goes on while a later release brings the schema to its form, beside a dump that holds all tables, and starts anew afterwards", async () => {
  const connection = postgres.url(await postgres.createDatabase())
  const store = await createPostgresStore({ connection })
  let isOver = false
  let written = 0
  const writing = (async () => {
    while (!isOver) {
      await store.update(to(`s${written}`), () => "{}")
      await store.read(["user:1"])
      written++
    }
  })()
  const dump = new pg.Client({ connectionString: connection })
  await dump.connect()
  await dump.query("BEGIN; SELECT FROM tellonce.context; SELECT FROM tellonce.signal")
  const migrating = migrate({ connection }, [ours, next])
  const waits = () => dump.query("SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted")
  await expect.poll(async () => (await waits()).rowCount, { timeout: 10_000 }).toBeGreaterThan(0)
  // The step waits for the dump, and a write for the step, until the step gives way: the dump holds on all along.
  const before = written
  await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(before + 1)
  await dump.query("COMMIT")
  await dump.end()
  expect(await migrating).toEqual({ from: 1, to: 2 })
  await store.update(to("after"), () => "{}")
  isOver = true
  await writing
  expect(await store.log({ keys: ["user:1"], limit: 1e6 })).toHaveLength(written + 1)
  await store.close()
  const older = await createPostgresStore({ connection })
  expect((await older.update(to("older"), () => "{}")).logged[0]?.duplicateOf).toBeUndefined()
  await older.close()
})

it("four nodes of two releases that start at once on an empty database all serve", async () => {
  const connection = postgres.url(await postgres.createDatabase())
  const stores = await Promise.all([1, 2, 3, 4].map(() => createPostgresStore({ connection })))
  await Promise.all([1, 2, 3].map(() => migrate({ connection }, [ours, next])))
  await Promise.all(stores.map((store, index) => store.update(to(`n${index}`), () => "{}")))
  expect(await stores[0]?.log({ keys: ["user:1"] })).toHaveLength(4)
  await Promise.all(stores.map((store) => store.close()))
})

it("a node that is not to migrate says what is missing, and refuses a form it cannot work with", async () => {
  const database = await postgres.createDatabase()
  const connection = postgres.url(database)
  const opening = () => createPostgresStore({ connection, migrate: false })
  await expect(opening()).rejects.toThrow(/npx tellonce migrate/)
  await migrate({ connection })
  await (await opening()).close()
  await postgres.query("INSERT INTO tellonce.migration VALUES (3, 3)", { database })
  await expect(opening()).rejects.toMatchObject({ code: "store/newer" })
})
