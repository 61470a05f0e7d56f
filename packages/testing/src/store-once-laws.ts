import { expect, it } from "vitest"
import type { OpenedStore } from "./opened-store.ts"

export const onceLaws = (fresh: () => Promise<OpenedStore>, persists: boolean): void => {
  it("of all who claim a name at once, one gets it", async () => {
    const { store } = await fresh()
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.once("handoff/1", 100)))
    expect(claims.filter((isFirst) => isFirst)).toHaveLength(1)
    expect(await store.once("handoff/2", 100)).toBe(true)
  })

  it("a name that has ended is free again when it was pruned, and no other", async () => {
    const { store } = await fresh()
    await store.once("ended", 100)
    await store.once("stands", 300)
    await store.prune(200)
    expect([await store.once("ended", 400), await store.once("stands", 400)]).toEqual([true, false])
  })

  if (persists) {
    it("a name stays taken after it was opened again", async () => {
      const { store, reopen } = await fresh()
      await store.once("handoff/1", 100)
      expect(await (await reopen?.())?.once("handoff/1", 100)).toBe(false)
    })
  }
}
