import type { ServiceStore } from "@tellonce/core"
import { expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { createFeedHub } from "./feed-hub.ts"
import type { FeedPipe } from "./feed-pipe.ts"
import { replayMissed } from "./replay-missed.ts"

const ada = { kind: "user", value: "ada" }
const keys = ["user:ada"]

/** A customer to whom `count` messages of so many letters were said, and a reader who has missed all but the first `seen`. */
const start = async (
  count: number,
  letters: number,
  {
    seen: after = 1,
    now = 0,
    lateness,
  }: { readonly seen?: number; readonly now?: number; readonly lateness?: number } = {},
) => {
  const memory = createMemoryStore()
  const looked: number[] = []
  const store: ServiceStore = {
    ...memory,
    lateness,
    log(query) {
      looked.push(query.limit ?? Number.POSITIVE_INFINITY)
      return memory.log(query)
    },
  }
  const text = "x".repeat(letters)
  const said = Array.from({ length: count }, (_, at) => {
    const rest = { authority: "record", channel: "web", source: "page", facts: { order: text } }
    const signal = { id: `${at}`, at: 0, identity: ada, ...rest }
    return { key: "user:ada", received: 0, signal: signal as never }
  })
  await memory.update(said, () => "kept")
  const hub = createFeedHub({ store, clock: () => 0, refresh: async () => {}, onError: () => {} })
  const written: number[] = []
  const pipe: Pick<FeedPipe, "write" | "isOpen" | "drained"> = {
    write: (bytes) => void written.push(bytes.byteLength),
    isOpen: () => true,
    drained: async () => {},
  }
  const following = { keys, reads: new Set(["order"]), as: ada, renewedBy: [] }
  const place = await replayMissed({ hub, store, pipe: pipe as FeedPipe }, { following, after, newest: count, now })
  return { place, written, looked }
}

it("large signals go out in small events, however many were missed", async () => {
  const { place, written } = await start(120, 60_000)
  expect(place).toBe(120)
  expect(written.length).toBeGreaterThan(40)
  expect(Math.max(...written.slice(1))).toBeLessThan(200_000)
})

it("small signals go out many at a time", async () => {
  const { place, written } = await start(3_000, 10)
  expect(place).toBe(3_000)
  expect(written.length).toBeLessThan(25)
})

it("a gap is found too long without looking at all of it at once", async () => {
  const { place, written, looked } = await start(10_002, 10)
  expect([place, written]).toEqual([undefined, []])
  expect(Math.max(...looked)).toBeLessThanOrEqual(200)
})

it("what was seen long ago is no gap, though it is looked at again where writers number before they commit", async () => {
  const hour = 3_600_000
  expect((await start(12, 10, { seen: 12, now: hour, lateness: 100 })).place).toBe(12)
  expect((await start(13, 10, { seen: 12, now: hour, lateness: 100 })).place).toBeUndefined()
})
