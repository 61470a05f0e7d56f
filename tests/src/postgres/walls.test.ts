import { createPostgresStore, migrate } from "@tellonce/postgres"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

let postgres: Postgres
let database: string

beforeAll(async () => {
  postgres = await startPostgres()
  database = await postgres.createDatabase()
  await postgres.query("CREATE ROLE shop_service LOGIN NOINHERIT")
}, 60_000)
afterAll(() => postgres.stop())

const signal = { id: "a", at: 1, authority: "customer", channel: "web", source: "page" } as const
const of = (key: string) => [{ key, received: 1, signal: { ...signal, identity: { kind: "user", value: "1" } } }]
const all = { context: () => undefined, signal: () => undefined, forgetDuplicates: true }

it("a role with no more than it was granted runs the service, and cannot change what it has noted", async () => {
  await migrate({ connection: postgres.url(database), role: "shop_service" })
  const store = await createPostgresStore({ connection: postgres.url(database, "shop_service"), listen: false })
  await store.update(of("user:1"), () => "{}", [{ chain: "service", at: 1, entry: { did: "write" } }])
  await store.sweep(["user:1"], all)
  await store.prune(5)
  await store.put([{ id: "1", to: "crm", at: 1, body: "{}" }])
  expect(await store.once("name", 5)).toBe(true)
  expect(await store.audit({ chain: "service" })).toHaveLength(1)
  await store.close()
  const client = new pg.Client({ connectionString: postgres.url(database, "shop_service").replace(/,[^/]*/, "") })
  await client.connect()
  for (const text of [
    "UPDATE tellonce.audit SET entry = '{}'",
    "DELETE FROM tellonce.audit",
    "UPDATE tellonce.setting SET value = ''",
    "DROP TABLE tellonce.signal",
    "ALTER TABLE tellonce.signal DISABLE ROW LEVEL SECURITY",
  ]) {
    await expect(client.query(text)).rejects.toMatchObject({ code: "42501" })
  }
  await client.end()
})

it("a statement that forgot its tenant would find nothing: rows are seen only by a transaction that names their tenant", async () => {
  const store = await createPostgresStore({ connection: postgres.url(database), listen: false })
  for (const key of ["acme/user:1", "zebra/user:1", "user:1"]) await store.update(of(key), () => "{}")
  await store.close()
  // As the owner of the tables: the policies hold for it, too.
  const client = new pg.Client({ connectionString: postgres.url(database) })
  await client.connect()
  const seen = async (tenants: string | undefined) => {
    await client.query(`BEGIN${tenants === undefined ? "" : `; SET LOCAL tellonce.tenant = '${tenants}'`}`)
    const { rows } = await client.query<{ tenant: string }>("SELECT tenant FROM tellonce.signal ORDER BY tenant")
    await client.query("COMMIT")
    return rows.map(({ tenant }) => tenant)
  }
  expect(await seen(undefined)).toEqual([])
  expect(await seen("=acme")).toEqual(["acme"])
  expect(await seen("=")).toEqual([""])
  expect(await seen("=acme,=")).toEqual(["", "acme"])
  expect(await seen("*")).toEqual(["", "acme", "zebra"])
  await client.query("BEGIN; SET LOCAL tellonce.tenant = '=acme'")
  const foreign = client.query("INSERT INTO tellonce.once VALUES ('zebra', 1, 'x', 1, gen_random_uuid())")
  await expect(foreign).rejects.toMatchObject({ code: "42501" })
  await client.end()
})

it("every table that holds rows of tenants is behind the wall", async () => {
  const rows = await postgres.query(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'tellonce' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1`,
    { database },
  )
  expect(rows.map(({ name }) => name)).toEqual(["migration", "setting"])
})

it("a partition is no way around the wall, for its owner neither", async () => {
  expect(await postgres.query("SELECT FROM tellonce.signal", { database })).toHaveLength(3)
  for (const role of ["shop_service", "tellonce"]) {
    const client = new pg.Client({ connectionString: postgres.url(database, role) })
    await client.connect()
    await client.query("BEGIN; SET LOCAL tellonce.tenant = '*'")
    for (let index = 0; index < 16; index++) {
      expect((await client.query(`SELECT FROM tellonce.signal_${index}`)).rows).toEqual([])
    }
    await client.end()
  }
})

it("nothing of a transaction stays on its connection: what comes next behind a pooler finds it as it was", async () => {
  const store = await createPostgresStore({ connection: postgres.url(database), connections: 1, listen: false })
  await store.update(of("acme/user:2"), () => "{}")
  await store.read(["acme/user:2"])
  const rows = await postgres.query(
    `SELECT (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
       (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks`,
    { database },
  )
  expect(rows).toEqual([{ prepared: 0, locks: 0 }])
  await store.close()
})

it("a schema that a later release made is refused unless it says that this one works with it", async () => {
  const later = await postgres.createDatabase()
  const connection = postgres.url(later)
  await migrate({ connection })
  await postgres.query("INSERT INTO tellonce.migration VALUES (2, 1)", { database: later })
  expect(await migrate({ connection })).toEqual({ from: 2, to: 2 })
  await postgres.query("INSERT INTO tellonce.migration VALUES (3, 3)", { database: later })
  await expect(createPostgresStore({ connection })).rejects.toMatchObject({ code: "store/newer" })
})
