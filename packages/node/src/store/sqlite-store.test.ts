import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Addressed, Signal, Store, StoredContext } from "@tellonce/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openDatabase } from "./sqlite-driver.mjs"
import { createSqliteStore } from "./sqlite-store.ts"

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tellonce-sqlite-"))
  path = join(directory, "store.db")
})
afterEach(() => rm(directory, { recursive: true }))

const said = (id: string, text = "hello"): Signal => ({
  id,
  at: 1,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  event: { name: "message", text },
})

const to = (key: string, ...signals: readonly Signal[]): readonly Addressed[] =>
  signals.map((signal) => ({ key, signal, received: 7 }))

const joinIds = ({ encoded = "", tail }: StoredContext) => encoded + tail.map(({ id }) => id).join("")

const everything = { context: () => undefined, signal: () => undefined, forgetDuplicates: true }

const holds = async (text: string) => {
  const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))))
  return files.some((bytes) => bytes.includes(text))
}

it("a file that is no store is refused, with what SQLite says of it", async () => {
  await writeFile(path, "an order, typed where a store was meant".repeat(10))
  await expect(createSqliteStore({ path, reserve: 0 })).rejects.toMatchObject({
    code: "store/open",
    message: expect.stringContaining("file is not a database"),
  })
})

it.each(["", ":memory:", undefined as unknown as string])("a path that names no file is refused: %j", async (none) => {
  await expect(createSqliteStore({ path: none, reserve: 0 })).rejects.toMatchObject({ code: "config/store_path" })
})

describe("a database of the first form", () => {
  const firstForm = `
    CREATE TABLE signal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
      received INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX signal_once ON signal (key, source, id);
    CREATE INDEX signal_by_key ON signal (key, seq);
    CREATE TABLE context (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, encoded TEXT NOT NULL) STRICT;
    INSERT INTO context VALUES ('user:1', 41, 'a');
  `

  it("opens with all it held, its duplicates known and its numbering gone on with", async () => {
    const database = openDatabase(path)
    database.exec(firstForm)
    // Not by a prepared statement: the driver holds the file until it is collected.
    database.exec(`INSERT INTO signal VALUES (41, 'user:1', 'page', 'a', 7, '${JSON.stringify(said("a"))}')`)
    database.close()
    const store = await createSqliteStore({ path, reserve: 0 })
    const { logged } = await store.update(to("user:1", said("a"), said("b")), joinIds)
    expect(logged).toEqual([{ seq: 41, duplicateOf: said("a") }, { seq: 42 }])
    expect(await store.read(["user:1"])).toEqual([{ key: "user:1", seq: 42, encoded: "a", tail: [said("b")] }])
    expect(await store.log({ keys: ["user:1"] })).toEqual([
      { seq: 41, key: "user:1", received: 7, signal: said("a") },
      { seq: 42, key: "user:1", received: 7, signal: said("b") },
    ])
    await store.close?.()
  })

  it("opens again after that", async () => {
    const database = openDatabase(path)
    database.exec(firstForm)
    database.close()
    for (let times = 0; times < 2; times++) {
      const store = await createSqliteStore({ path, reserve: 0 })
      expect((await store.read(["user:1"]))[0]?.encoded).toBe("a")
      await store.close?.()
    }
  })
})

it("a database that a later release wrote is refused, not misread", async () => {
  const database = openDatabase(path)
  database.exec("PRAGMA user_version = 99")
  database.close()
  await expect(createSqliteStore({ path })).rejects.toMatchObject({
    code: "store/open",
    message: expect.stringContaining("later release"),
  })
})

it("what was swept is in no file any more: not the database, not its log", async () => {
  const store = await createSqliteStore({ path, reserve: 0 })
  const canary = "canary-".repeat(2_000)
  await store.update(to("user:1", said("a", canary)), () => `the context says ${canary}`)
  await store.update(to("user:2", said("kept", "kestrel")), joinIds)
  expect(await holds("canary-canary-")).toBe(true)
  await store.sweep(["user:1"], everything)
  expect([await holds("canary-"), await holds("kestrel")]).toEqual([false, true])
  await store.close?.()
})

it("pruning walks over more than one slice and forgets the old ones of each", async () => {
  const store = await createSqliteStore({ path, reserve: 0 })
  const many = Array.from({ length: 12_000 }, (_, index) => said(`s${index}`))
  const received = (at: number) => (one: Addressed) => ({ ...one, received: at })
  await store.update(
    [...to("user:1", ...many).map(received(1)), ...to("user:2", said("new")).map(received(9))],
    joinIds,
  )
  await store.prune(5)
  await store.close?.()
  const database = openDatabase(path)
  expect(database.prepare("SELECT key, id FROM seen").all()).toEqual([
    expect.objectContaining({ key: "user:2", id: "new" }),
  ])
  database.close()
})

it("its log file is moved into the database while it is small, whatever a signal weighs", async () => {
  const store = await createSqliteStore({ path, reserve: 0 })
  const text = "x".repeat(1_500)
  for (let group = 0; group < 80; group++) {
    const ids = Array.from({ length: 500 }, (_, index) => `${group}-${index}`)
    await Promise.all(ids.map((id, index) => store.update(to(`user:${index}`, said(id, text)), () => "")))
  }
  expect((await stat(`${path}-wal`)).size).toBeLessThan(32_000_000)
  await store.close?.()
}, 60_000)

it("a file that is broken stops the store for good: it closes, says so once, and acknowledges nothing more", async () => {
  const failures: string[] = []
  const broken = await createSqliteStore({ path, reserve: 0, onFatal: ({ code }) => failures.push(code) })
  await broken.update(to("user:1", said("a")), joinIds)
  await broken.close?.()
  const bytes = await readFile(path)
  // The first page names the tables; the pages after it are what they hold.
  await writeFile(path, Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 0xff)]))
  const store = await createSqliteStore({ path, reserve: 0, onFatal: ({ code }) => failures.push(code) })
  await expect(store.update(to("user:1", said("b")), joinIds)).rejects.toMatchObject({ code: "store/failed" })
  await expect(store.read(["user:1"])).rejects.toMatchObject({ code: "store/failed" })
  await expect(store.note([])).rejects.toMatchObject({ code: "store/failed" })
  expect(failures).toEqual(["store/failed"])
})

describe("under load, where a group is planned upon one that is not flushed yet", () => {
  const keyOf = (batch: number) => `user:${batch % 20}`
  const idsOf = (batch: number) => Array.from({ length: 20 }, (_, place) => `${batch * 20 + place}`.padStart(7, "0"))
  const batchOf = (batch: number) => to(keyOf(batch), ...idsOf(batch).map((id) => said(id)))
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

  it("signals of long ago sent again among new ones are kept once and told apart, before a restart and after", async () => {
    const sendAgain = async (store: Store, old: readonly number[], fresh: readonly number[]) => {
      const mixed = old.flatMap((batch, index) => [batch, ...fresh.slice(index, index + 1)])
      const updates = await Promise.all(mixed.map((batch) => store.update(batchOf(batch), joinIds)))
      const repeated = updates.map(({ logged }) => logged.filter(({ duplicateOf }) => duplicateOf).length)
      expect(repeated).toEqual(mixed.map((batch) => (old.includes(batch) ? 20 : 0)))
    }
    const before = await createSqliteStore({ path, reserve: 0 })
    await Promise.all(range(0, 1_300).map((batch) => before.update(batchOf(batch), joinIds)))
    await sendAgain(before, range(0, 100), range(1_300, 1_400))
    await before.close?.()
    const after = await createSqliteStore({ path, reserve: 0 })
    await sendAgain(after, range(100, 200), range(1_400, 1_500))

    const logged = await after.log({ keys: range(0, 20).map(keyOf), limit: 40_000 })
    expect(logged.map(({ signal }) => signal.id).sort()).toEqual(range(0, 1_500).flatMap(idsOf))
    expect(new Set(logged.map(({ seq }) => seq)).size).toBe(logged.length)
    const contexts = await after.read(range(0, 20).map(keyOf))
    const held = contexts.flatMap((context) => joinIds(context).match(/.{7}/g) ?? [])
    expect(held.sort()).toEqual(range(0, 1_500).flatMap(idsOf))
    await after.close?.()
  })

  it("a caller whose context cannot be made is refused alone; all others are kept, and those planned upon its group", async () => {
    const store = await createSqliteStore({ path, reserve: 0 })
    const fails = (stored: StoredContext) => {
      if (stored.key === "user:broken") throw new Error("not to be read")
      return joinIds(stored)
    }
    const batches = range(0, 200)
    const updates = await Promise.allSettled(
      batches.map((batch) => store.update(batch === 30 ? to("user:broken", said("x")) : batchOf(batch), fails)),
    )
    expect(updates.flatMap(({ status }, batch) => (status === "rejected" ? [batch] : []))).toEqual([30])
    const logged = await store.log({ keys: [...range(0, 20).map(keyOf), "user:broken"], limit: 10_000 })
    const kept = batches.filter((batch) => batch !== 30).flatMap(idsOf)
    expect(logged.map(({ signal }) => signal.id).sort()).toEqual(kept)
    await store.close?.()
  })
})
