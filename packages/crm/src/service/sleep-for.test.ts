import { getEventListeners } from "node:events"
import { expect, it } from "vitest"
import { sleepFor } from "./sleep-for.ts"

it("it ends in its time, or when the signal aborts, and leaves no listener behind", async () => {
  const closing = new AbortController()
  await sleepFor(1, closing.signal)
  expect(getEventListeners(closing.signal, "abort")).toEqual([])
  const asleep = sleepFor(60_000, closing.signal)
  closing.abort()
  await asleep
  expect(getEventListeners(closing.signal, "abort")).toEqual([])
})

it("aborted before, it does not begin", async () => {
  await sleepFor(60_000, AbortSignal.abort())
})
