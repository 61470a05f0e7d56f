import { type AuditNote, type AuditRecord, canonical } from "@tellonce/core"
import { expect, it } from "vitest"
import type { OpenedStore } from "./opened-store.ts"
import { appendIds, idsKept, signal, to } from "./store-signals.ts"

const note = (what: string, chain = "desk"): AuditNote => ({
  chain,
  at: 5,
  entry: { action: what, fields: ["b", "a"] },
})

const digest = async (text: string): Promise<string> => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** The hashes these notes must have, computed from their text alone. */
const hashesOf = async (records: readonly AuditRecord[]): Promise<readonly string[]> => {
  const hashes: string[] = []
  for (const { chain, at, entry } of records) {
    hashes.push(await digest((hashes.at(-1) ?? "0".repeat(64)) + canonical({ chain, at, entry })))
  }
  return hashes
}

const actions = (records: readonly AuditRecord[]) => records.map(({ entry }) => entry.action)

export const trailLaws = (fresh: () => Promise<OpenedStore>, persists: boolean): void => {
  it("notes of an update, of a sweep and alone are linked in one chain, each hash over all before it", async () => {
    const { store } = await fresh()
    await store.note([note("read"), note("read again")])
    await store.update(to("user:1", signal("a")), appendIds, [note("write")])
    await store.sweep(["user:1"], { context: () => undefined, signal: () => undefined }, [note("erase")])
    const records = await store.audit({ chain: "desk" })
    expect(actions(records)).toEqual(["read", "read again", "write", "erase"])
    expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(records.map(({ at }) => at)).toEqual([5, 5, 5, 5])
    expect(records.map(({ hash }) => hash)).toEqual(await hashesOf(records))
  })

  it("each chain is numbered and linked by itself", async () => {
    const { store } = await fresh()
    await store.note([note("one", "a"), note("two", "b"), note("three", "a")])
    expect([...(await store.chains())].sort()).toEqual(["a", "b"])
    const [a, b] = [await store.audit({ chain: "a" }), await store.audit({ chain: "b" })]
    expect([actions(a), actions(b)]).toEqual([["one", "three"], ["two"]])
    expect(b[0]?.seq).toBe(1)
    expect(b.map(({ hash }) => hash)).toEqual(await hashesOf(b))
    expect(await store.audit({ chain: "unheard of" })).toEqual([])
  })

  it("the trail answers after a place and up to a limit", async () => {
    const { store } = await fresh()
    await store.note(["1", "2", "3", "4"].map((what) => note(what)))
    expect(actions(await store.audit({ chain: "desk", after: 1, limit: 2 }))).toEqual(["2", "3"])
  })

  it("notes written at once break no chain", async () => {
    const { store } = await fresh()
    await Promise.all(Array.from({ length: 40 }, (_, index) => store.note([note(`n${index}`)])))
    const records = await store.audit({ chain: "desk" })
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(records.map(({ hash }) => hash)).toEqual(await hashesOf(records))
  })

  it("an effect that fails leaves no note", async () => {
    const { store } = await fresh()
    const refuse = () => {
      throw new Error("refused by the test")
    }
    await expect(store.update(to("user:1", signal("a")), refuse, [note("write")])).rejects.toThrow()
    await store.update(to("user:1", signal("a")), appendIds)
    await expect(store.sweep(["user:1"], { context: refuse, signal: refuse }, [note("erase")])).rejects.toThrow()
    expect(await store.chains()).toEqual([])
    expect(await idsKept(store, "user:1")).toEqual(["/a"])
  })

  it("an update of nothing but notes is kept, and so is the note of a duplicate", async () => {
    const { store } = await fresh()
    await store.update([], appendIds, [note("nothing new")])
    await store.update(to("user:1", signal("a")), appendIds, [note("first")])
    await store.update(to("user:1", signal("a")), appendIds, [note("again")])
    expect(actions(await store.audit({ chain: "desk" }))).toEqual(["nothing new", "first", "again"])
  })

  if (persists) {
    it("a chain goes on after it was opened again", async () => {
      const { store, reopen } = await fresh()
      await store.note([note("before")])
      const again = await reopen?.()
      await again?.note([note("after")])
      const records = (await again?.audit({ chain: "desk" })) ?? []
      expect(actions(records)).toEqual(["before", "after"])
      expect(records.map(({ hash }) => hash)).toEqual(await hashesOf(records))
    })
  }
}
