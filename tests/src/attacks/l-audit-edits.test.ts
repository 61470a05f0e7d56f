import { copyFile, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSqliteStore, verifyAudit } from "@tellonce/node"
import LibSql from "libsql"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

/** The driver as an intruder has it who can write to the file. */
type Row = { chain: string; seq: number; at: number; entry: string; hash: string }
interface Intruder {
  exec(sql: string): void
  prepare(sql: string): { all(): Row[]; run(...values: unknown[]): void }
  close(): void
}
const Database = LibSql as unknown as new (path: string) => Intruder

describe("five hundred edits of the file, each found", () => {
  const chains = Array.from({ length: 10 }, (_, index) => `subjects-${index}`)
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "tellonce-audit-"))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  /** A trail of 200 records in ten chains, and its heads; closed, as an intruder finds it. */
  const makeTrail = async () => {
    const path = join(directory, "trail.db")
    const store = await createSqliteStore({ path })
    for (let index = 0; index < 20; index++) {
      await store.note(
        chains.map((chain) => ({
          chain,
          at: 1_000 + index,
          entry: { by: "agent:desk", action: "read", fields: ["orderNumber"], count: index },
        })),
      )
    }
    const heads = await Promise.all(
      (await store.chains()).map(async (chain) => {
        const last = (await store.audit({ chain })).at(-1)
        return { chain, seq: last?.seq ?? 0, hash: last?.hash ?? "" }
      }),
    )
    await store.close?.()
    return { path, heads }
  }

  type Edit = (intruder: Intruder, row: Row, other: Row) => void
  const set =
    (column: string, value: (row: Row) => unknown): Edit =>
    (intruder, row) =>
      intruder.prepare(`UPDATE audit SET ${column} = ? WHERE chain = ? AND seq = ?`).run(value(row), row.chain, row.seq)
  const swap: Edit = (intruder, row, other) => {
    const move = intruder.prepare("UPDATE audit SET seq = ? WHERE chain = ? AND seq = ?")
    move.run(-1, row.chain, row.seq)
    move.run(row.seq, row.chain, other.seq)
    move.run(other.seq, row.chain, -1)
  }
  const edits: readonly [string, Edit][] = [
    ["the entry", set("entry", ({ entry }) => entry.replace("desk", "disk"))],
    ["a number in the entry", set("entry", ({ entry }) => entry.replace(/"count":\d+/, '"count":999'))],
    ["an entry that is no JSON", set("entry", () => "{")],
    ["the time", set("at", ({ at }) => at + 1)],
    ["the hash", set("hash", ({ hash }) => hash.replace(/^./, (first) => (first === "0" ? "1" : "0")))],
    ["the chain", set("chain", ({ chain }) => `${chain}x`)],
    [
      "deleted",
      (intruder, { chain, seq }) => intruder.prepare("DELETE FROM audit WHERE chain = ? AND seq = ?").run(chain, seq),
    ],
    [
      "cut off from here",
      (intruder, { chain, seq }) => intruder.prepare("DELETE FROM audit WHERE chain = ? AND seq >= ?").run(chain, seq),
    ],
    [
      "deleted and closed up",
      (intruder, { chain, seq }) => {
        intruder.prepare("DELETE FROM audit WHERE chain = ? AND seq = ?").run(chain, seq)
        for (let next = seq + 1; next <= 20; next++)
          intruder.prepare("UPDATE audit SET seq = ? WHERE chain = ? AND seq = ?").run(next - 1, chain, next)
      },
    ],
    ["two changed places", swap],
  ]

  it("changed, deleted, reordered, cut off", async () => {
    const { path, heads } = await makeTrail()
    const random = createRandom(42)
    const unseen: string[] = []
    let made = 0
    for (let round = 0; round < 50; round++) {
      const copy = join(directory, `copy-${round}.db`)
      await copyFile(path, copy)
      const intruder = new Database(copy)
      // Without a log of its own what is edited stands in the one file, to be copied from under the intruder's connection.
      intruder.exec("PRAGMA journal_mode = DELETE")
      // One edit in each of the ten chains: each must be found for itself.
      const tried = chains.map((chain, index) => {
        const rows = intruder
          .prepare("SELECT * FROM audit ORDER BY seq")
          .all()
          .filter((row) => row.chain === chain)
        const at = random(rows.length)
        const [name, edit] = edits[(round + index) % edits.length] as (typeof edits)[number]
        edit(intruder, rows[at] as Row, rows[(at + 1 + random(rows.length - 1)) % rows.length] as Row)
        return { chain, name, seq: at + 1 }
      })
      intruder.close()
      const edited = join(directory, `edited-${round}.db`)
      await copyFile(copy, edited)
      const store = await createSqliteStore({ path: edited })
      const { faults } = await verifyAudit(store, { heads })
      const found = new Set(faults.map(({ chain }) => chain))
      unseen.push(...tried.filter(({ chain }) => !found.has(chain)).map(({ name, seq }) => `${name} ${seq}`))
      made += tried.length
      await store.close?.()
      await rm(copy, { force: true })
    }
    expect([made, unseen]).toEqual([500, []])
    const whole = await createSqliteStore({ path })
    expect(await verifyAudit(whole, { heads })).toEqual({ ok: true, records: 200, faults: [] })
    await whole.close?.()
  }, 120_000)
})

/** Random numbers that are the same every time. */
const createRandom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
