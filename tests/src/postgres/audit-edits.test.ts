import { verifyAudit } from "@tellonce/node"
import { createPostgresStore } from "@tellonce/postgres"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

// A real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let postgres: Postgres
let whole: string
let heads: readonly { readonly chain: string; readonly seq: number; readonly hash: string }[]
const chains = Array.from({ length: 10 }, (_, index) => `subjects-${index}`)
const length = 20

const open = (database: string) => createPostgresStore({ connection: postgres.url(database), listen: false })

beforeAll(async () => {
  postgres = await startPostgres()
  whole = await postgres.createDatabase()
  const store = await open(whole)
  for (let index = 0; index < length; index++) {
    const entry = { by: "agent:desk", action: "read", fields: ["orderNumber"], count: index }
    await store.note(chains.map((chain) => ({ chain, at: 1_000 + index, entry })))
  }
  heads = await Promise.all(
    chains.map(async (chain) => {
      const last = (await store.audit({ chain })).at(-1)
      return { chain, seq: last?.seq ?? 0, hash: last?.hash ?? "" }
    }),
  )
  await store.close()
}, 60_000)
afterAll(() => postgres.stop())

/** What a superuser may do to the rows of a chain, whom no policy and no grant holds. */
type Edit = (chain: string, seq: number, other: number) => string
const set =
  (change: string): Edit =>
  (chain, seq) =>
    `UPDATE tellonce.audit SET ${change} WHERE chain = '${chain}' AND seq = ${seq}`
const edits: readonly (readonly [string, Edit])[] = [
  ["the entry", set("entry = replace(entry, 'desk', 'disk')")],
  ["a number in the entry", set(`entry = regexp_replace(entry, '"count":\\d+', '"count":999')`)],
  ["an entry that is no JSON", set("entry = '{'")],
  ["the time", set("at = at + 1")],
  ["the hash", set("hash = overlay(hash PLACING (CASE WHEN hash LIKE '0%' THEN '1' ELSE '0' END) FROM 1 FOR 1)")],
  ["the chain", set("chain = chain || 'x'")],
  ["the tenant", set("tenant = 'acme'")],
  ["deleted", (chain, seq) => `DELETE FROM tellonce.audit WHERE chain = '${chain}' AND seq = ${seq}`],
  [
    "cut off from here, its head moved back as well",
    (chain, seq) => `DELETE FROM tellonce.audit WHERE chain = '${chain}' AND seq >= ${seq};
      UPDATE tellonce.chain c SET seq = ${seq - 1}, hash = (
        SELECT hash FROM tellonce.audit a WHERE a.chain = '${chain}' AND a.seq = ${seq - 1}
      ) WHERE chain = '${chain}'`,
  ],
  [
    "deleted and closed up",
    (chain, seq) => `DELETE FROM tellonce.audit WHERE chain = '${chain}' AND seq = ${seq};
      UPDATE tellonce.audit SET seq = seq + 1000 WHERE chain = '${chain}' AND seq > ${seq};
      UPDATE tellonce.audit SET seq = seq - 1001 WHERE chain = '${chain}' AND seq > 1000`,
  ],
  [
    "two changed places",
    (chain, seq, other) => `UPDATE tellonce.audit SET seq = -1 WHERE chain = '${chain}' AND seq = ${seq};
      UPDATE tellonce.audit SET seq = ${seq} WHERE chain = '${chain}' AND seq = ${other};
      UPDATE tellonce.audit SET seq = ${other} WHERE chain = '${chain}' AND seq = -1`,
  ],
]

const faultsIn = async (database: string): Promise<ReadonlySet<string>> => {
  const store = await open(database)
  const { faults } = await verifyAudit(store, { heads })
  await store.close()
  return new Set(faults.map(({ chain }) => chain))
}

it("every edit of the rows by SQL is found: changed, deleted, cut off, closed up, reordered, moved away", async () => {
  const unseen: string[] = []
  for (let round = 0; round < edits.length; round++) {
    const database = await postgres.createDatabase(whole)
    const tried = chains.map((chain, index) => {
      const [name, edit] = edits[(round + index) % edits.length] ?? ["nothing", () => ""]
      const seq = 1 + ((round * 7 + index * 3) % length)
      return { chain, name, text: edit(chain, seq, 1 + ((seq + 4) % length)) }
    })
    await postgres.query(tried.map(({ text }) => text).join(";\n"), { database })
    const found = await faultsIn(database)
    unseen.push(...tried.filter(({ chain }) => !found.has(chain)).map(({ name, text }) => `${name}: ${text}`))
    await postgres.dropDatabase(database)
  }
  expect(unseen).toEqual([])
  expect(await faultsIn(whole)).toEqual(new Set())
})

it("a trail that was emptied is missed, where its heads were exported before", async () => {
  const database = await postgres.createDatabase(whole)
  await postgres.query("TRUNCATE tellonce.audit, tellonce.chain, tellonce.note", { database })
  expect(await faultsIn(database)).toEqual(new Set(chains))
})
