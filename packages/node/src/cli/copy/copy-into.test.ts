import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { count, defineContext, latest, type ServiceStore, type Signal } from "@tellonce/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import * as z from "zod"
import { createFold } from "../../ingest/create-fold.ts"
import { createMemoryStore } from "../../store/memory-store.ts"
import { createSqliteStore } from "../../store/sqlite-store.ts"
import { copyInto } from "./copy-into.ts"
import type { CopySource } from "./copy-source.ts"
import { createProgress } from "./progress.ts"
import { openSqliteSource } from "./sqlite-source.ts"

const definition = defineContext({
  name: "shop",
  version: 1,
  fields: { city: latest(z.string()), calls: count({ window: "30d" }) },
})
const { fold } = createFold(definition)
const keys = Array.from({ length: 7 }, (_, index) => `user:${index}`)
const everything = { context: () => undefined, signal: () => undefined }

const signal = (key: string, number: number): Signal => ({
  id: `s${number}`,
  at: 1_000 + number,
  identity: { kind: "user", value: key.slice(5) },
  authority: "customer",
  channel: "chat",
  source: "test",
  facts: { city: `City ${number}`, calls: 1 },
})
const addressed = (key: string, number: number) => ({ key, signal: signal(key, number), received: 2_000 + number })

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tellonce-copy-"))
})
afterEach(async () => {
  await source.close?.()
  await rm(directory, { recursive: true, force: true })
})

const pathOf = () => join(directory, "shop.db")
let source: CopySource
const copyTo = (to: ServiceStore) => copyInto({ definition, from: source, to, progress: createProgress(false) })

/** A store with a past: notes, a log shortened by retention, a signal rewritten by a sweep, a used name, things to send. */
const fillSource = async () => {
  const store = await createSqliteStore({ path: pathOf() })
  for (let number = 0; number < 5; number++) {
    const notes = [{ chain: `subjects-${number % 2}`, at: number, entry: { by: "secret", action: "write" } }]
    await store.update(
      keys.map((key) => addressed(key, number)),
      fold,
      notes,
    )
  }
  await store.sweep(["user:0"], {
    context: (stored) => fold(stored),
    signal: ({ signal }) => (signal.id === "s0" ? undefined : signal.id === "s1" ? { ...signal, facts: {} } : signal),
  })
  await store.sweep(["user:1"], everything)
  await store.once("link-1", 9_000)
  await store.put([
    { id: "o1", to: "crm", at: 10, body: "one", key: "user:2" },
    { id: "o2", to: "crm", at: 20, body: "two" },
    { id: "o3", to: "crm", at: 30, body: "three" },
  ])
  await store.settle([
    { to: "crm", id: "o1", next: 500 },
    { to: "crm", id: "o2", next: "parked" },
  ])
  await store.close?.()
  source = openSqliteSource(pathOf())
}

describe("a copy", () => {
  beforeEach(fillSource)

  it("holds what the original holds: contexts, logs and the trail with its hashes", async () => {
    const report = await copyTo(createMemoryStore())
    expect(report).toMatchObject({ ok: true, keys: 6, copied: 6, different: 0, remains: true })
    expect(report.hash.to).toBe(report.hash.from)
    expect(report.audit).toMatchObject({ ok: true, records: 5 })
  })

  it("knows what came before, was used before and is still to be sent", async () => {
    const copy = createMemoryStore()
    await copyTo(copy)
    const again = await copy.update([addressed("user:0", 0), addressed("user:1", 3), addressed("user:2", 9)], fold)
    expect(again.logged.map(({ duplicateOf }) => duplicateOf !== undefined)).toEqual([true, true, false])
    expect(await copy.log({ keys: ["user:1"] })).toEqual([])
    expect(await copy.once("link-1", 9_000)).toBe(false)
    const due = (now: number) => copy.lease({ to: "crm", now, until: now + 1, limit: 9 })
    expect((await due(400)).map(({ id }) => id)).toEqual(["o3"])
    expect((await due(600)).map(({ id }) => id)).toEqual(["o3", "o1"])
  })

  it("that was cut off goes on where it was, and copies nothing twice", async () => {
    const copy = createMemoryStore()
    let updates = 0
    const failing: ServiceStore = {
      ...copy,
      async update(...call) {
        const [signals] = call
        await copy.update(signals.slice(0, 12), fold)
        if (updates++ === 0) throw new Error("cut off")
        return copy.update(...call)
      },
    }
    await expect(copyTo(failing)).rejects.toThrow("cut off")
    expect(await copyTo(copy)).toMatchObject({ ok: true, different: 0 })
    expect(await copyTo(copy)).toMatchObject({ ok: true, copied: 0 })
    expect(await copy.log({ keys: ["user:2"] })).toHaveLength(5)
  })

  it("is not called equal when the other side lacks a signal, or knows another", async () => {
    const copy = createMemoryStore()
    await copyTo(copy)
    const forgetful: ServiceStore = {
      ...copy,
      log: async (query) => (await copy.log(query)).filter(({ key, seq }) => key !== "user:3" || seq % 2 === 0),
      update: async () => ({ logged: [] }),
    }
    expect(await copyTo(forgetful)).toMatchObject({ ok: false, different: 1 })
    await copy.update([addressed("user:4", 77)], fold)
    const report = await copyTo(copy)
    expect(report).toMatchObject({ ok: false, different: 1 })
    expect(report.hash.to).not.toBe(report.hash.from)
  })

  it("is refused where another trail has begun", async () => {
    const copy = createMemoryStore()
    await copy.note([{ chain: "subjects-1", at: 1, entry: { by: "secret", action: "read" } }])
    await expect(copyTo(copy)).rejects.toMatchObject({ code: "copy/other_trail" })
  })
})
