import type { Outgoing } from "@tellonce/core"
import { expect, it } from "vitest"
import type { OpenedStore } from "./opened-store.ts"
import { appendIds, signal, to } from "./store-signals.ts"

const message = (id: string, rest: Partial<Outgoing> = {}): Outgoing => ({
  id,
  to: "crm",
  at: 5,
  body: `{"${id}":1}`,
  ...rest,
})
const all = { to: "crm", now: 1_000, until: 2_000, limit: 100 }
const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)

export const outboxLaws = (fresh: () => Promise<OpenedStore>, persists: boolean): void => {
  it("what is put is leased as it was, the longest due first, up to the limit and for its receiver alone", async () => {
    const { store } = await fresh()
    await store.put([message("later", { at: 9 }), message("first", { key: "user:1" }), message("other", { to: "erp" })])
    expect(await store.lease({ ...all, limit: 1 })).toEqual([{ ...message("first", { key: "user:1" }), tries: 0 }])
    expect(await store.lease(all)).toEqual([{ ...message("later", { at: 9 }), tries: 0 }])
    expect(idsOf(await store.lease({ ...all, to: "erp" }))).toEqual(["other"])
  })

  it("what is not due yet is not leased", async () => {
    const { store } = await fresh()
    await store.put([message("a", { at: 500 })])
    expect(await store.lease({ ...all, now: 499 })).toEqual([])
    expect(idsOf(await store.lease({ ...all, now: 500 }))).toEqual(["a"])
  })

  it("of all who lease at once each is given others, and what is not settled is due again when its lease has ended", async () => {
    const { store } = await fresh()
    await store.put(["a", "b", "c", "d"].map((id) => message(id)))
    const found = await Promise.all([1, 2, 3, 4].map(() => store.lease({ ...all, limit: 1 })))
    expect(idsOf(found.flat()).sort()).toEqual(["a", "b", "c", "d"])
    expect(await store.lease({ ...all, now: 1_999 })).toEqual([])
    expect((await store.lease({ ...all, now: 2_000, until: 3_000 })).map(({ tries }) => tries)).toEqual([1, 1, 1, 1])
  })

  it("one that is there is left as it is; once it is done it is gone, and parked it is never due", async () => {
    const { store } = await fresh()
    await store.put([message("a")])
    await store.put([message("a", { body: "another" }), message("b"), message("c")])
    expect((await store.lease(all)).map(({ id, body }) => [id, body])[0]).toEqual(["a", '{"a":1}'])
    await store.settle([
      { to: "crm", id: "a", next: "done" },
      { to: "crm", id: "b", next: 5_000 },
      { to: "crm", id: "c", next: "parked" },
      { to: "crm", id: "never put", next: "done" },
    ])
    const later = { ...all, until: 9e12 }
    expect(idsOf(await store.lease({ ...later, now: 4_999 }))).toEqual([])
    expect(await store.lease({ ...later, now: 8e12 })).toEqual([{ ...message("b"), tries: 1 }])
    await store.put([message("a"), message("c")])
    expect(idsOf(await store.lease({ ...later, now: 8e12 }))).toEqual(["a"])
  })

  it("what goes out with a signal is put once, with the signal, and stays out of the log", async () => {
    const { store } = await fresh()
    const heard: unknown[] = []
    store.watch(({ added }) => heard.push(...added))
    const send = (id: string) =>
      to("user:1", signal("a")).map((addressed) => ({ ...addressed, outgoing: [message(id, { key: "user:1" })] }))
    await store.update([...send("1"), ...send("2")], appendIds)
    await store.update(send("3"), appendIds)
    expect(idsOf(await store.lease(all))).toEqual(["1"])
    const logged = await store.log({ keys: ["user:1"] })
    expect(logged).toEqual([{ seq: expect.any(Number), key: "user:1", signal: signal("a"), received: 7 }])
    await expect.poll(() => heard).toEqual(logged)
  })

  it("an update whose change throws puts nothing", async () => {
    const { store } = await fresh()
    const addressed = to("user:1", signal("a")).map((one) => ({ ...one, outgoing: [message("1")] }))
    const failing = store.update(addressed, () => {
      throw new Error("refused by the test")
    })
    await expect(failing).rejects.toThrow("refused by the test")
    expect(await store.lease(all)).toEqual([])
  })

  it("forgetting a customer removes what is outgoing under their name and no more, and tells of it in the same step", async () => {
    const { store } = await fresh()
    await store.put([
      message("theirs", { key: "user:1" }),
      message("another's", { key: "user:10" }),
      message("nobody's"),
    ])
    const gone = { context: () => undefined, signal: () => undefined }
    await store.sweep(["user:1"], gone)
    expect(idsOf(await store.lease({ ...all, until: 1_001 }))).toEqual(["theirs", "another's", "nobody's"])
    await store.sweep(["user:1"], { ...gone, forgetDuplicates: true, outgoing: [message("erased")] })
    const left = idsOf(await store.lease({ ...all, now: 1_001 }))
    expect([...left].sort()).toEqual(["another's", "erased", "nobody's"])
  })

  it("pruning removes what is older, whether it waits, is leased or parked", async () => {
    const { store } = await fresh()
    await store.put([message("parked"), message("leased")])
    await store.lease(all)
    await store.settle([{ to: "crm", id: "parked", next: "parked" }])
    await store.put([message("waits"), message("young", { at: 500 })])
    await store.prune(100)
    // Whatever were still there would not be put a second time.
    await store.put(["parked", "leased", "waits", "young"].map((id) => message(id, { body: "anew" })))
    const found = await store.lease({ ...all, now: 8e12, until: 9e12 })
    expect(found.filter(({ body }) => body !== "anew").map(({ id }) => id)).toEqual(["young"])
  })

  if (persists) {
    it("what was put, how often it was tried and when it is due outlive the process", async () => {
      const { store, reopen } = await fresh()
      await store.put([message("a")])
      await store.update(
        to("user:1", signal("s")).map((one) => ({ ...one, outgoing: [message("b")] })),
        appendIds,
      )
      await store.lease(all)
      await store.settle([{ to: "crm", id: "a", next: 1_500 }])
      const again = await reopen?.()
      const found = await again?.lease({ ...all, now: 1_500, until: 1_600 })
      expect(found?.map(({ id, tries }) => [id, tries])).toEqual([["a", 1]])
      expect(idsOf((await again?.lease({ ...all, now: 2_000, until: 3_000 })) ?? []).sort()).toEqual(["a", "b"])
    })
  }
}
