import type { LoggedSignal } from "@tellonce/core"
import * as fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import type { OpenedStore } from "./opened-store.ts"
import { onceLaws } from "./store-once-laws.ts"
import { outboxLaws } from "./store-outbox-laws.ts"
import { appendIds, idsKept, signal, to } from "./store-signals.ts"
import { sweepLaws } from "./store-sweep-laws.ts"
import { trailLaws } from "./store-trail-laws.ts"

export interface StoreSuite {
  readonly name: string
  /** Does it outlive its process? Then `reopen` is tried. */
  readonly persists: boolean
  /** A store of its own for each test: a file, a schema or a database, so that nothing is shared. */
  open(): Promise<OpenedStore>
}

/** The laws of the `ServiceStore` port. Every store runs them: one file, or a server that many processes write to. */
export const storeSuite = ({ name, persists, open }: StoreSuite): void => {
  describe(`${name} keeps the laws of a store`, () => {
    const opened: OpenedStore[] = []
    const fresh = async () => {
      const one = await open()
      opened.push(one)
      return one
    }
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.dispose()
    })

    it("what was never written reads as nothing, in the order asked for", async () => {
      const { store } = await fresh()
      expect(await store.read(["user:2", "user:1"])).toEqual([
        { key: "user:2", seq: 0, encoded: undefined, tail: [] },
        { key: "user:1", seq: 0, encoded: undefined, tail: [] },
      ])
    })

    it("an update brings each context all of its signals, in order", async () => {
      const { store } = await fresh()
      await store.update([...to("user:1", signal("a"), signal("b")), ...to("user:2", signal("c"))], appendIds)
      const [one, two] = await store.read(["user:1", "user:2"])
      expect(await idsKept(store, "user:1", "user:2")).toEqual(["/a/b", "/c"])
      expect(one?.seq).toBeLessThan(two?.seq ?? 0)
    })

    it("a signal that is there already is left out and named, with what it said", async () => {
      const { store } = await fresh()
      await store.update(to("user:1", signal("a", { at: 5 })), appendIds)
      const { logged } = await store.update(to("user:1", signal("a", { at: 9 }), signal("b")), appendIds)
      expect(logged.map(({ duplicateOf }) => duplicateOf?.at)).toEqual([5, undefined])
      expect(await idsKept(store, "user:1")).toEqual(["/a/b"])
      expect(await store.log({ keys: ["user:1"] })).toHaveLength(2)
    })

    it("the same signal twice in one update counts once", async () => {
      const { store } = await fresh()
      const { logged } = await store.update(to("user:1", signal("a"), signal("a")), appendIds)
      expect(logged.map(({ duplicateOf }) => duplicateOf?.id)).toEqual([undefined, "a"])
      expect(await idsKept(store, "user:1")).toEqual(["/a"])
    })

    it("one id from two sources, or for two identities, is two signals", async () => {
      const { store } = await fresh()
      await store.update(
        [...to("user:1", signal("a"), signal("a", { source: "smtp" })), ...to("user:2", signal("a"))],
        appendIds,
      )
      expect(await idsKept(store, "user:1", "user:2")).toEqual(["/a/a", "/a"])
    })

    it("an identity that begins with another's stays apart", async () => {
      const { store } = await fresh()
      await store.update(
        [...to("user:1", signal("a")), ...to("user:10", signal("b")), ...to("user:%", signal("c"))],
        appendIds,
      )
      expect((await store.log({ keys: ["user:1"] })).map((entry) => entry.signal.id)).toEqual(["a"])
    })

    it("updates made at once all count, and none sees a context another is changing", async () => {
      const { store } = await fresh()
      const ids = Array.from({ length: 60 }, (_, index) => `s${index}`)
      await Promise.all(ids.map((id) => store.update(to("user:1", signal(id)), appendIds)))
      const [all = ""] = await idsKept(store, "user:1")
      const kept = all.split("/").slice(1)
      expect([...kept].sort()).toEqual([...ids].sort())
      expect((await store.log({ keys: ["user:1"] })).map((entry) => entry.signal.id)).toEqual(kept)
    })

    it("an update whose fold throws keeps nothing, and harms no other made at once", async () => {
      const { store } = await fresh()
      const failing = store.update(to("user:1", signal("bad")), () => {
        throw new Error("refused by the test")
      })
      const others = ["a", "b"].map((id) => store.update(to("user:1", signal(id)), appendIds))
      await expect(failing).rejects.toThrow("refused by the test")
      await Promise.all(others)
      expect(await idsKept(store, "user:1")).toEqual(["/a/b"])
      expect((await store.log({ keys: ["user:1"] })).map((entry) => entry.signal.id)).toEqual(["a", "b"])
    })

    it("a context of many signals is folded now and then, and is read as one that is folded at each", async () => {
      const { store } = await fresh()
      let folds = 0
      const counted: typeof appendIds = (stored) => {
        folds++
        return appendIds(stored)
      }
      const ids = Array.from({ length: 500 }, (_, index) => `s${index}`)
      for (const id of ids) await store.update(to("user:1", signal(id)), counted)
      expect(await idsKept(store, "user:1")).toEqual([`/${ids.join("/")}`])
      expect(folds).toBeLessThanOrEqual(250)
      const [stored] = await store.read(["user:1"])
      expect(stored?.tail.length).toBeLessThan(500)
    })

    it("the log answers in order, after a place and up to a limit", async () => {
      const { store } = await fresh()
      await store.update(
        [...to("user:1", signal("a")), ...to("user:2", signal("b")), ...to("user:1", signal("c"), signal("d"))],
        appendIds,
      )
      const all = await store.log({ keys: ["user:1", "user:2"] })
      expect(all.map((entry) => [entry.key, entry.signal.id])).toEqual([
        ["user:1", "a"],
        ["user:2", "b"],
        ["user:1", "c"],
        ["user:1", "d"],
      ])
      expect(all.map(({ seq }) => seq)).toEqual([...all.map(({ seq }) => seq)].sort((x, y) => x - y))
      const later = await store.log({ keys: ["user:1"], after: all[0]?.seq ?? 0, limit: 1 })
      expect(later.map((entry) => entry.signal.id)).toEqual(["c"])
    })

    it("watchers hear of what was added, after it is kept, once and until they leave", async () => {
      const { store } = await fresh()
      const heard: LoggedSignal[] = []
      const leave = store.watch(({ added }) => heard.push(...added))
      await store.update(to("user:1", signal("a"), signal("a")), appendIds)
      await expect.poll(() => heard.map((entry) => [entry.key, entry.signal.id])).toEqual([["user:1", "a"]])
      leave()
      await store.update(to("user:1", signal("b")), appendIds)
      expect(heard).toHaveLength(1)
    })

    it("a signal comes back from the log as it went in", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ maxLength: 40 }), fc.jsonValue({ maxDepth: 3 }), async (text, value) => {
          const { store } = await fresh()
          const sent = signal("a", {
            facts: { said: JSON.parse(JSON.stringify(value)) as unknown },
            event: { name: "message", text },
          })
          await store.update(to(`user:${text}`, sent), appendIds)
          expect(await store.log({ keys: [`user:${text}`] })).toEqual([
            { seq: expect.any(Number), key: `user:${text}`, signal: sent, received: 7 },
          ])
        }),
        { numRuns: 15 },
      )
    })

    trailLaws(fresh, persists)
    sweepLaws(fresh, persists)
    onceLaws(fresh, persists)
    outboxLaws(fresh, persists)

    if (persists) {
      it("what was answered is there after it was opened again, duplicates known", async () => {
        const { store, reopen } = await fresh()
        await store.update(to("user:1", signal("a")), appendIds)
        const again = await reopen?.()
        expect(again && (await idsKept(again, "user:1"))).toEqual(["/a"])
        const answer = await again?.update(to("user:1", signal("a"), signal("b")), appendIds)
        expect(answer?.logged.map(({ duplicateOf }) => duplicateOf?.id)).toEqual(["a", undefined])
      })

      it("what large signals said is not left for each read to join", async () => {
        const { store } = await fresh()
        const large = { event: { name: "message", text: "x".repeat(60_000) } }
        const rounds = Array.from({ length: 20 }, (_, round) => round)
        for (const round of rounds) {
          await store.update(
            to("user:1", signal(`a${round}`), signal(`b${round}`, large), signal(`c${round}`)),
            appendIds,
          )
        }
        const [stored] = await store.read(["user:1"])
        expect(JSON.stringify(stored?.tail).length).toBeLessThan(60_000)
        expect(await idsKept(store, "user:1")).toEqual([`/${rounds.map((n) => `a${n}/b${n}/c${n}`).join("/")}`])
      })
    }
  })
}
