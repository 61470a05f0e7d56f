import { describe, expect, it } from "vitest"
import type { Outbox, Unsent } from "./outbox.ts"

/** What every outbox promises. `open` gives an empty one. */
export const outboxSuite = (name: string, open: () => Outbox): void => {
  describe(`outbox: ${name}`, () => {
    it("lists what was added, whole, oldest first and by id within one time", async () => {
      const outbox = open()
      await outbox.add([unsent("c", 20), unsent("b", 10)])
      await outbox.add([unsent("a", 20), unsent("d", 5)])
      expect(await outbox.list()).toEqual([unsent("d", 5), unsent("b", 10), unsent("a", 20), unsent("c", 20)])
    })

    it("removes by id and leaves what was added meanwhile", async () => {
      const outbox = open()
      await outbox.add([unsent("a", 1), unsent("b", 2)])
      await Promise.all([outbox.add([unsent("c", 0)]), outbox.remove(["a"])])
      expect((await outbox.list()).map(({ signal }) => signal.id)).toEqual(["c", "b"])
    })

    it("takes the same id again in place of the first", async () => {
      const outbox = open()
      await outbox.add([unsent("a", 1)])
      await outbox.add([unsent("a", 9)])
      expect(await outbox.list()).toEqual([unsent("a", 9)])
    })

    it("does not mind unknown ids, nor none", async () => {
      const outbox = open()
      await outbox.add([])
      await outbox.remove([])
      await outbox.remove(["nobody"])
      expect(await outbox.list()).toEqual([])
    })

    it("keeps a thousand of one go", async () => {
      const outbox = open()
      const many = Array.from({ length: 1_000 }, (_, index) => unsent(`s${index}`, index))
      await outbox.add(many)
      expect(await outbox.list()).toEqual(many)
    })
  })
}

export const unsent = (id: string, at: number): Unsent => ({
  owner: "visitor",
  signal: { id, at, authority: "customer", channel: "web-chat", source: "test", facts: { tags: ["x"] } },
})
