import { defineContext, latest, type ServiceStore } from "@tellonce/core"
import { describe, expect, it, onTestFinished, vi } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { createFeedHub } from "./feed-hub.ts"
import { createFeedPipe } from "./feed-pipe.ts"
import type { FeedReader, News } from "./feed-reader.ts"

const context = defineContext({ name: "shop", version: 1, fields: { order: latest(z.string()) } })
const keys = { publishable: "pk_of-the-shop", secret: "sk_of-the-shop-alone" }
const ada = { kind: "email", value: "ada@example.com" }
const minute = 60_000

const start = (store: ServiceStore = createMemoryStore()) => {
  let now = Date.now()
  const tellonce = createTellonce({ context, store, keys, log: false, clock: () => now, random: () => 0.5 })
  const say = (...orders: readonly string[]) =>
    tellonce.record(
      orders.map((order) => ({ identity: ada, channel: "web", source: "page", at: now, facts: { order } })),
    )
  const listen = async (lastEventId?: number): Promise<Feed> => {
    const response = await tellonce.fetch(
      new Request("http://shop/v1/stream?identity=email:ada@example.com", {
        headers: {
          authorization: `Bearer ${keys.secret}`,
          ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
        },
      }),
    )
    // Shed, after so much work in one turn: as any reader, come back.
    if (response.status === 503) return new Promise((resolve) => setTimeout(() => resolve(listen(lastEventId)), 20))
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    let unread = ""
    const block = async (): Promise<string> => {
      while (!unread.includes("\n\n")) {
        const { value, done } = await reader.read()
        if (done) throw new Error("The stream has ended.")
        unread += new TextDecoder().decode(value)
      }
      const end = unread.indexOf("\n\n")
      const text = unread.slice(0, end)
      unread = unread.slice(end + 2)
      return text
    }
    const next = async (): Promise<Event> => {
      const text = await block()
      const value = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1]
      const event = value("event")
      if (event === undefined) return next()
      const id = value("id")
      return { event, id: id === undefined ? undefined : Number(id), data: JSON.parse(value("data") ?? "") }
    }
    return { next, block, close: () => reader.cancel() }
  }
  const pass = (time: number) => {
    now += time
  }
  return { say, listen, pass, revoke: tellonce.revoke, close: tellonce.close }
}

interface Feed {
  next(): Promise<Event>
  block(): Promise<string>
  close(): Promise<void>
}

interface Event {
  readonly event: string
  readonly id: number | undefined
  readonly data: { readonly signals: readonly { readonly facts: { readonly order: string } }[] }
}

describe("a reader that comes back", () => {
  it("gets ten thousand missed changes, each once and in order, and then what follows", async () => {
    const { say, listen } = start()
    await say("before")
    const first = await listen()
    const { id } = await first.next()
    await first.close()
    const missed = Array.from({ length: 10_000 }, (_, index) => `m${index}`)
    for (let from = 0; from < missed.length; from += 500) await say(...missed.slice(from, from + 500))
    const again = await listen(id)
    const seen: string[] = []
    while (seen.length < missed.length) {
      const { event, data } = await again.next()
      expect(event).toBe("signals")
      seen.push(...data.signals.map(({ facts }) => facts.order))
    }
    expect(seen).toEqual(missed)
    await say("after")
    expect((await again.next()).data.signals.map(({ facts }) => facts.order)).toEqual(["after"])
    await again.close()
  })

  it.each([
    ["more than ten thousand changes", 10_001, 0],
    ["a change more than fifteen minutes old", 1, 15 * minute + 1],
  ])("after %s is told to begin anew, and gets a snapshot", async (_case, count, time) => {
    const { say, listen, pass } = start()
    await say("before")
    const first = await listen()
    const { id } = await first.next()
    await first.close()
    for (let from = 0; from < count; from += 500) {
      await say(...Array.from({ length: Math.min(500, count - from) }, (_, index) => `m${from + index}`))
    }
    pass(time)
    const again = await listen(id)
    const reset = await again.next()
    expect([reset.event, reset.id]).toEqual(["reset", undefined])
    expect((await again.next()).event).toBe("snapshot")
    await again.close()
  })

  it("is told when to come back, each at a time of its own", async () => {
    const { listen } = start()
    const feed = await listen()
    expect(await feed.block()).toBe("retry: 4000")
    await feed.close()
  })
})

it("a service that is closed ends its feeds, so that the server they are mounted in can stop", async () => {
  const { say, listen, close } = start()
  await say("before")
  const feed = await listen()
  await feed.next()
  await close()
  await expect(feed.next()).rejects.toThrow("The stream has ended.")
})

it("many who lose their access at once take no time from those who have just begun to read", async () => {
  const { say, listen, revoke } = start()
  await say("before")
  const feed = await listen()
  for (let token = 0; token < 20; token++) await revoke({ token: `t-${token}` })
  expect((await feed.next()).event).toBe("snapshot")
  await feed.close()
})

it("a store that does not answer takes no sign of life from the readers, and when it does they are not hurried", async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let answer = () => {}
  const refresh = () =>
    new Promise<void>((resolve) => {
      answer = resolve
    })
  const hub = createFeedHub({ store: createMemoryStore(), clock: () => 0, refresh, onError: () => {} })
  let beats = 0
  const reader = { gather() {}, take() {}, reset() {}, check() {}, beat: () => beats++, end() {} }
  hub.join(reader)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(beats).toBe(5)
  answer()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(beats).toBe(6)
  hub.leave(reader)
})

describe("a pipe to one reader", () => {
  it("holds half a megabyte and no more: a reader that does not read is cut off", () => {
    let ended = 0
    const pipe = createFeedPipe({ onEnd: () => ended++ })
    const chunk = new Uint8Array(100_000)
    for (let written = 0; written < 524_288; written += chunk.byteLength) pipe.write(chunk)
    expect(ended).toBe(0)
    pipe.write(chunk)
    expect([ended, pipe.isOpen()]).toEqual([1, false])
  })

  it("cuts a reader off that stands still for thirty seconds with something unread, and no other", async () => {
    const pipe = createFeedPipe({ onEnd: () => {} })
    const reading = createFeedPipe({ onEnd: () => {} })
    const reader = reading.stream.getReader()
    for (const one of [pipe, reading]) one.write(new Uint8Array(10))
    for (let beats = 0; beats < 15; beats += 1) {
      await reader.read()
      reading.write(new Uint8Array(10))
      for (const one of [pipe, reading]) one.beat()
    }
    expect([pipe.isOpen(), reading.isOpen()]).toEqual([false, true])
    await expect(pipe.stream.getReader().read()).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" })
    await reader.cancel()
  })

  it("is drained only when all was taken and more is asked for: what was handed over may still stand in a socket", async () => {
    const pipe = createFeedPipe({ onEnd: () => {} })
    const reader = pipe.stream.getReader()
    let drained = false
    pipe.write(new Uint8Array(10))
    const done = pipe.drained().then(() => {
      drained = true
    })
    await reader.read()
    await new Promise((resolve) => setImmediate(resolve))
    expect(drained).toBe(false)
    const next = reader.read()
    await done
    pipe.cut()
    await expect(next).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" })
  })

  it("cuts off a reader that was handed something and never comes back for more", async () => {
    const pipe = createFeedPipe({ onEnd: () => {} })
    const reader = pipe.stream.getReader()
    pipe.write(new Uint8Array(10))
    await reader.read()
    for (let beats = 0; beats < 15; beats += 1) pipe.beat()
    expect(pipe.isOpen()).toBe(false)
    await reader.closed.catch(() => {})
  })

  it("shows life within fifteen seconds", async () => {
    const pipe = createFeedPipe({ onEnd: () => {} })
    for (let beats = 0; beats < 7; beats += 1) pipe.beat()
    const { value } = await pipe.stream.getReader().read()
    expect(new TextDecoder().decode(value)).toBe(": alive\n\n")
  })
})

it("readers who may read alike share one text; who may not gets another", async () => {
  const store = createMemoryStore()
  const hub = createFeedHub({ store, clock: () => 0, refresh: async () => {}, onError: () => {} })
  const taken: News[] = []
  const reader = (): FeedReader => ({
    gather: () => {},
    take: (news) => void taken.push(news),
    reset: () => {},
    check: () => {},
    beat: () => {},
    end: () => {},
  })
  const readers = [reader(), reader(), reader()]
  const follow = (one: FeedReader | undefined, reads: readonly string[]) =>
    one && hub.follow(one, { keys: ["email:ada@example.com"], reads: new Set(reads), as: ada, renewedBy: [] })
  for (const one of readers) hub.join(one)
  follow(readers[0], ["order"])
  follow(readers[1], ["order"])
  follow(readers[2], [])
  const signal = { id: "1", at: 0, identity: ada, authority: "record", channel: "web", source: "page" } as const
  await store.update(
    [{ key: "email:ada@example.com", signal: { ...signal, facts: { order: "A-1" } }, received: 0 }],
    () => "kept",
  )
  expect(taken).toHaveLength(3)
  expect(taken[0]?.bytes).toBe(taken[1]?.bytes)
  expect(new TextDecoder().decode(taken[0]?.bytes)).toContain("A-1")
  expect(taken[2]?.bytes).toBeUndefined()
  for (const one of readers) hub.leave(one)
})
