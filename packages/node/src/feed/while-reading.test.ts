import { defineContext, emptyContext, latest } from "@tellonce/core"
import { expect, it } from "vitest"
import * as z from "zod"
import type { AllowedCustomer } from "../allow-customer.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { createFeedHub } from "./feed-hub.ts"
import { liveFeed } from "./live-feed.ts"

const context = defineContext({ name: "shop", version: 1, fields: { order: latest(z.string()) } })
const key = "email:ada@example.com"
const ada = { kind: "email", value: "ada@example.com" }
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A hub that tells how many watch the store, and feeds whose customer is read when the test says so. */
const start = () => {
  const store = createMemoryStore()
  let watching = 0
  const hub = createFeedHub({
    store: {
      watch(listener, wanted) {
        watching++
        const unwatch = store.watch(listener, wanted)
        return () => {
          watching--
          unwatch()
        }
      },
    },
    clock: () => 0,
    refresh: async () => {},
    onError: () => {},
  })
  const open = () => {
    const reads: (() => void)[] = []
    const customer = {
      ...{ identities: [key], keys: [key], seq: 0, places: new Map(), conflicts: [] },
      ...{ context: emptyContext(context), identity: ada, purpose: "service", reads: new Set(["order"]) },
    }
    const stream = liveFeed({
      ...{ hub, store, clock: () => 0, random: () => 0, lastEventId: 0, isStanding: () => true, renewedBy: [] },
      read: () =>
        new Promise((resolve) => reads.push(() => resolve(customer as Partial<AllowedCustomer> as AllowedCustomer))),
    })
    return { stream, reads }
  }
  return { store, open, close: hub.close, watching: () => watching }
}

it("a reader that goes while its customer is being read is followed no more", async () => {
  const { open, watching } = start()
  const gone = open()
  await gone.stream.cancel()
  for (const read of gone.reads) read()
  await turn()
  const other = open()
  expect(watching()).toBe(1)
  await other.stream.cancel()
  expect(watching()).toBe(0)
})

it("a reader that goes while it is to begin anew is not read for again", async () => {
  const { store, open, watching } = start()
  const { stream, reads } = open()
  await store.sweep([key], { context: () => undefined, signal: () => undefined })
  await stream.cancel()
  for (const read of reads) read()
  await turn()
  expect([reads.length, watching()]).toEqual([1, 0])
})

it("a reader whose customer was swept while they were being read is told to drop what it got", async () => {
  const { store, open } = start()
  const { stream, reads } = open()
  await store.sweep([key], { context: () => undefined, signal: () => undefined })
  reads[0]?.()
  await turn()
  reads[1]?.()
  await turn()
  const reader = stream.getReader()
  const events: (string | undefined)[] = []
  while (events.length < 4) {
    const { value } = await reader.read()
    events.push(/^(event|retry): .*$/m.exec(new TextDecoder().decode(value))?.[0])
  }
  expect(events).toEqual(["retry: 2000", "event: snapshot", "event: reset", "event: snapshot"])
  await reader.cancel()
})

it("a reader is not read for again because of somebody else who was swept meanwhile", async () => {
  const { store, open } = start()
  const { stream, reads } = open()
  await store.sweep(["email:bob@example.com"], { context: () => undefined, signal: () => undefined })
  reads[0]?.()
  await turn()
  expect(reads).toHaveLength(1)
  await stream.cancel()
})

it("a reader that comes when all have been ended is ended at once, and nothing is watched for it", async () => {
  const { open, close, watching } = start()
  close()
  const { stream } = open()
  await expect(stream.getReader().closed).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" })
  expect(watching()).toBe(0)
})
