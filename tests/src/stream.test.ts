import { afterAll, beforeAll, expect, it } from "vitest"
import { keys, type ServiceUnderTest, said, startService } from "./service-under-test.ts"

let service: ServiceUnderTest
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

interface Event {
  readonly id: number
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events are compared, not trusted
  readonly data: any
}

/** Reads the raw stream event by event. */
const listen = async (identity: string, lastEventId?: number) => {
  const abort = new AbortController()
  const response = await fetch(`${service.url}/v1/stream?identity=${identity}`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${keys.secret}`,
      ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
    },
  })
  const reader = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader()
  let unread = ""
  const next = async (): Promise<Event> => {
    const end = unread.indexOf("\n\n")
    if (end === -1) {
      const { value, done } = await reader.read()
      if (done) throw new Error("The stream has ended.")
      unread += value
      return next()
    }
    const lines = unread.slice(0, end).split("\n")
    unread = unread.slice(end + 2)
    const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ""
    if (value("event") === "") return next()
    return { id: Number(value("id")), event: value("event"), data: JSON.parse(value("data")) }
  }
  return { next, close: () => abort.abort() }
}

const send = (...signals: readonly object[]) => service.call("/v1/signals", { body: { signals } })
const of = (value: string) => ({ identity: { kind: "email", value } })

it("a reader gets a snapshot, then what is kept after it, and nothing of others", async () => {
  await send(said({ ...of("live@example.com"), facts: { orderNumber: "A-1" } }))
  const feed = await listen("email:live@example.com")
  const snapshot = await feed.next()
  expect(snapshot).toMatchObject({ event: "snapshot", data: { identities: ["email:live@example.com"] } })
  expect(snapshot.data.context.fields.orderNumber[0].value).toBe("A-1")
  await send(said({ ...of("other@example.com"), facts: { orderNumber: "B-1" } }))
  await send(said({ ...of("live@example.com"), facts: { orderNumber: "A-2" } }))
  const change = await feed.next()
  expect(change).toMatchObject({ event: "signals", data: { signals: [{ facts: { orderNumber: "A-2" } }] } })
  expect(change.id).toBeGreaterThan(snapshot.id)
  feed.close()
})

it("a reader that comes back with its last id gets just what it missed, once and in order", async () => {
  await send(said({ ...of("back@example.com"), facts: { orderNumber: "A-1" } }))
  const first = await listen("email:back@example.com")
  const { id } = await first.next()
  first.close()
  await send(
    said({ ...of("back@example.com"), facts: { orderNumber: "A-2" } }),
    said({ ...of("back@example.com"), facts: { orderNumber: "A-3" } }),
  )
  const again = await listen("email:back@example.com", id)
  const missed = await again.next()
  expect(missed.data.signals.map(({ facts }: { facts: { orderNumber: string } }) => facts.orderNumber)).toEqual([
    "A-2",
    "A-3",
  ])
  await send(said({ ...of("back@example.com"), facts: { orderNumber: "A-4" } }))
  expect((await again.next()).data.signals).toHaveLength(1)
  again.close()
})

it("an id the log does not know, and a change of who the customer is, give a new snapshot", async () => {
  await send(said({ ...of("who@example.com"), facts: { orderNumber: "A-1" } }))
  const feed = await listen("email:who@example.com", 999_999)
  expect((await feed.next()).event).toBe("reset")
  expect((await feed.next()).event).toBe("snapshot")
  await send(said({ identity: { kind: "user", value: "42" }, facts: { intent: "return" } }))
  await service.tellonce.link({ kind: "user", value: "42" }, { kind: "email", value: "who@example.com" }, "test")
  expect((await feed.next()).event).toBe("signals")
  const joined = await feed.next()
  expect(joined).toMatchObject({ event: "snapshot", data: { identities: ["email:who@example.com", "user:42"] } })
  expect(joined.data.context.fields.intent[0].value).toBe("return")
  await send(said({ identity: { kind: "user", value: "42" }, facts: { intent: "browse" } }))
  expect((await feed.next()).data.signals[0].facts).toEqual({ intent: "browse" })
  feed.close()
})

it("nothing falls between the snapshot and the feed, however many write while it opens", async () => {
  const writes = Array.from({ length: 40 }, (_, index) =>
    send(said({ ...of("race@example.com"), facts: { tags: [`t${index}`] } })),
  )
  const feed = await listen("email:race@example.com")
  await Promise.all(writes)
  const seen = new Set<string>()
  while (seen.size < 40) {
    const { event, data } = await feed.next()
    const tags: string[] =
      event === "snapshot"
        ? (data.context.fields.tags ?? []).map(({ value }: { value: string }) => value)
        : data.signals.flatMap(({ facts }: { facts: { tags: string[] } }) => facts.tags)
    for (const tag of tags) seen.add(tag)
  }
  expect(seen.size).toBe(40)
  feed.close()
})
