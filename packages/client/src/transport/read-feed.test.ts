import { describe, expect, it } from "vitest"
import { type FeedEvent, readFeed } from "./read-feed.ts"

const streamOf = (pieces: readonly (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : new Uint8Array(piece))
      }
      controller.close()
    },
  })

const read = async (pieces: readonly (string | Uint8Array)[], onEvent = (_event: FeedEvent) => {}) => {
  const events: FeedEvent[] = []
  let signs = 0
  const failure = await readFeed(streamOf(pieces), {
    signal: new AbortController().signal,
    onBytes: () => signs++,
    onEvent(event) {
      onEvent(event)
      events.push(event)
    },
  })
  return { events, signs, failure }
}

describe("the live feed", () => {
  it("is the same wherever it is cut, in the middle of a letter too", async () => {
    const bytes = new TextEncoder().encode('event: signals\nid: 7\ndata: {"said":"Grüße"}\n\n: beat\n\n')
    for (let at = 1; at < bytes.length; at++) {
      const { events } = await read([bytes.slice(0, at), bytes.slice(at)])
      expect(events).toEqual([{ name: "signals", id: "7", body: { said: "Grüße" } }])
    }
  })

  it("a heartbeat is a sign of life and no event", async () => {
    expect(await read([": beat\n\n", ": beat\n\n"])).toEqual({ events: [], signs: 2, failure: undefined })
  })

  it("ends at the first event that cannot be read, and says so", async () => {
    const { events, failure } = await read(["data: {}\n\ndata: no JSON\n\ndata: {}\n\n"])
    expect(events).toHaveLength(1)
    expect(failure?.code).toBe("feed/unreadable")
  })

  it("an error with a code of its own keeps it", async () => {
    const { failure } = await read(["data: {}\n\n"], () => {
      throw Object.assign(new Error("Another's."), { code: "context/stranger" })
    })
    expect(failure).toMatchObject({ code: "context/stranger", message: "Another's." })
  })

  it("an event without an end is not kept for ever", async () => {
    const { failure } = await read([`data: ${"x".repeat(8_000_001)}`])
    expect(failure?.code).toBe("feed/unreadable")
  })
})
