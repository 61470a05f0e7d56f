import { createParser, type EventSourceMessage } from "eventsource-parser"
import type { Failure } from "./answer.ts"

/** One event of the live feed, its data read. */
export interface FeedEvent {
  readonly name: string
  /** To be sent as Last-Event-ID. */
  readonly id: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

export interface ReadFeedOptions {
  readonly signal: AbortSignal
  /** A sign of life, be it a heartbeat. */
  readonly onBytes: () => void
  /** May throw: the feed is unreadable then. */
  readonly onEvent: (event: FeedEvent) => void
}

/** A larger event than this is no event of the service's. */
const longestEvent = 8_000_000

/** Reads a stream of server-sent events to its end, or to the first event that cannot be read: then it says why. Rejects when it breaks. */
export const readFeed = async (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { signal, onBytes, onEvent }: ReadFeedOptions,
): Promise<Failure | undefined> => {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let failure: Failure | undefined
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent(message) {
      failure ??= take(message, onEvent)
    },
    onError(error) {
      // An unknown field is for a newer client; an event without an end is for nobody.
      if (error.type === "max-buffer-size-exceeded") failure ??= unreadable(error)
    },
  })
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener("abort", cancel)
  try {
    while (!failure) {
      const { done, value } = await reader.read()
      if (done) break
      onBytes()
      parser.feed(decoder.decode(value, { stream: true }))
    }
    return failure
  } finally {
    signal.removeEventListener("abort", cancel)
    cancel()
  }
}

const take = (
  { event = "message", id, data }: EventSourceMessage,
  onEvent: ReadFeedOptions["onEvent"],
): Failure | undefined => {
  try {
    onEvent({ name: event, id, body: JSON.parse(data) as FeedEvent["body"] })
    return undefined
  } catch (cause) {
    return unreadable(cause)
  }
}

/** An error of ours says by its own code what is wrong. */
const unreadable = (cause: unknown): Failure => {
  const { code, message } = cause as Partial<Failure>
  if (typeof code === "string" && message) return { ok: false, code, message, cause }
  return { ok: false, code: "feed/unreadable", message: "The live feed cannot be read. It begins anew.", cause }
}
