import type { Addressed, LoggedSignal, ServiceStore, Signal } from "@tellonce/core"
import { expect, it } from "vitest"
import type { OpenedStore } from "./opened-store.ts"
import { appendIds, idsKept, signal, to } from "./store-signals.ts"

const everything = { context: () => undefined, signal: () => undefined }

const idsOf = async (store: ServiceStore, key: string) =>
  (await store.log({ keys: [key] })).map((entry) => entry.signal.id)

const received = (addressed: readonly Addressed[], at: number) => addressed.map((one) => ({ ...one, received: at }))

export const sweepLaws = (fresh: () => Promise<OpenedStore>, persists: boolean): void => {
  it("a sweep removes what it is told to of these keys, and nothing of others", async () => {
    const { store } = await fresh()
    await store.update([...to("user:1", signal("a"), signal("b")), ...to("user:10", signal("a"))], appendIds)
    await store.sweep(["user:1", "user:none"], everything)
    expect(await idsKept(store, "user:1", "user:10")).toEqual(["", "/a"])
    expect([await idsOf(store, "user:1"), await idsOf(store, "user:10")]).toEqual([[], ["a"]])
  })

  it("a sweep rewrites contexts and signals in their places, having seen all signals before it asks for the context", async () => {
    const { store } = await fresh()
    await store.update(to("user:1", signal("a"), signal("b"), signal("c")), appendIds)
    const before = await store.log({ keys: ["user:1"] })
    const kept: string[] = []
    const change = ({ signal: one }: LoggedSignal): Signal | undefined => {
      if (one.id === "b") return undefined
      kept.push(one.id)
      return one.id === "c" ? { ...one, channel: "swept" } : one
    }
    await store.sweep(["user:1"], { signal: change, context: (stored) => `${appendIds(stored)} is now ${kept}` })
    const after = await store.log({ keys: ["user:1"] })
    expect(after.map((entry) => [entry.seq, entry.signal.id, entry.signal.channel])).toEqual([
      [before[0]?.seq, "a", "web-chat"],
      [before[2]?.seq, "c", "swept"],
    ])
    expect(await store.read(["user:1"])).toEqual([
      { key: "user:1", seq: before[2]?.seq, encoded: "/a/b/c is now a,c", tail: [] },
    ])
  })

  it("a sweep of more signals than one page of the log reaches them all", async () => {
    const { store } = await fresh()
    const many = Array.from({ length: 1_001 }, (_, index) => signal(`s${index}`))
    await store.update([...to("user:1", ...many), ...to("user:2", ...many)], appendIds)
    await store.sweep(["user:1", "user:2"], everything)
    expect(await store.log({ keys: ["user:1", "user:2"] })).toEqual([])
  })

  it("a swept signal that comes again is still a duplicate and says nothing of what it was", async () => {
    const { store } = await fresh()
    await store.update(to("user:1", signal("gone"), signal("cut"), signal("whole")), appendIds)
    await store.sweep(["user:1"], {
      context: () => undefined,
      signal: ({ signal: one }) =>
        one.id === "gone" ? undefined : one.id === "cut" ? { ...one, speaker: "cut" } : one,
    })
    const again = ["gone", "cut", "whole"].map((id) => signal(id, { at: 99 }))
    const { logged } = await store.update(to("user:1", ...again), appendIds)
    expect(logged.map(({ duplicateOf }) => duplicateOf)).toEqual([again[0], again[1], signal("whole")])
    expect(await idsKept(store, "user:1")).toEqual(["/cut/whole"])
    expect(await idsOf(store, "user:1")).toEqual(["cut", "whole"])
  })

  it("a sweep that forgets duplicates makes the key as if it had never been", async () => {
    const { store } = await fresh()
    await store.update([...to("user:1", signal("a")), ...to("user:2", signal("a"))], appendIds)
    await store.sweep(["user:1"], { ...everything, forgetDuplicates: true })
    const { logged } = await store.update([...to("user:1", signal("a")), ...to("user:2", signal("a"))], appendIds)
    expect(logged.map(({ duplicateOf }) => duplicateOf?.id)).toEqual([undefined, "a"])
    expect(await idsKept(store, "user:1")).toEqual(["/a"])
  })

  it("a place in the log is never given twice, whatever was swept", async () => {
    const { store } = await fresh()
    const first = await store.update(to("user:1", signal("a")), appendIds)
    await store.sweep(["user:1"], { ...everything, forgetDuplicates: true })
    const second = await store.update(to("user:1", signal("b")), appendIds)
    expect(second.logged[0]?.seq).toBeGreaterThan(first.logged[0]?.seq ?? Number.POSITIVE_INFINITY)
  })

  it("the walk over the keys meets each stored context once, and none that was swept", async () => {
    const { store } = await fresh()
    const keys = Array.from({ length: 7 }, (_, index) => `user:${index}`)
    await store.update(
      keys.flatMap((key) => to(key, signal("a"))),
      appendIds,
    )
    await store.sweep(["user:3"], everything)
    const walked: string[] = []
    for (;;) {
      const after = walked.at(-1)
      const page = await store.keys({ limit: 2, ...(after !== undefined && { after }) })
      if (page.length === 0) break
      walked.push(...page)
    }
    expect(walked).toEqual(keys.filter((key) => key !== "user:3"))
  })

  it("pruning forgets the duplicates received before a time, and no later one", async () => {
    const { store } = await fresh()
    await store.update(received(to("user:1", signal("old")), 10), appendIds)
    await store.update(received(to("user:1", signal("new")), 20), appendIds)
    await store.sweep(["user:1"], everything)
    await store.prune(20)
    const { logged } = await store.update(to("user:1", signal("old"), signal("new")), appendIds)
    expect(logged.map(({ duplicateOf }) => duplicateOf?.id)).toEqual([undefined, "new"])
  })

  it("sweeps and updates at once lose no update and bring nothing back", async () => {
    const { store } = await fresh()
    const work = Array.from({ length: 30 }, (_, index) => [
      store.update(to("user:1", signal(`s${index}`)), appendIds),
      ...(index % 10 === 5 ? [store.sweep(["user:1"], everything)] : []),
    ])
    await Promise.all(work.flat())
    const kept = await idsOf(store, "user:1")
    const [context = ""] = await idsKept(store, "user:1")
    expect(context.split("/").slice(1)).toEqual(kept)
  })

  it("watchers hear which keys were swept", async () => {
    const { store } = await fresh()
    await store.update(to("user:1", signal("a")), appendIds)
    const heard: string[] = []
    store.watch(({ swept }) => heard.push(...swept))
    await store.sweep(["user:1"], everything)
    await expect.poll(() => heard).toEqual(["user:1"])
  })

  if (persists) {
    it("what was swept stays so after it was opened again, its duplicates known", async () => {
      const { store, reopen } = await fresh()
      await store.update(to("user:1", signal("a")), appendIds)
      await store.sweep(["user:1"], everything)
      const again = await reopen?.()
      const answer = await again?.update(to("user:1", signal("a")), appendIds)
      expect(answer?.logged[0]?.duplicateOf?.id).toBe("a")
      expect(await again?.log({ keys: ["user:1"] })).toEqual([])
    })
  }
}
