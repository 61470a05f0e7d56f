import { isTellonceError, TellonceError } from "@tellonce/core"
import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream"

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
  readonly onEvent: (event: FeedEvent) => void
}

/** A larger event than this is no event of the service's. */
const longestEvent = 8_000_000

/** Reads a stream of server-sent events to its end. Rejects when it breaks, and with a TellonceError when an event cannot be read. */
export const readFeed = async (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { signal, onBytes, onEvent }: ReadFeedOptions,
): Promise<void> => {
  const reader = stream
    .pipeThrough(countLife(onBytes))
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: longestEvent }))
    .getReader()
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener("abort", cancel)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      take(next.value, onEvent)
    }
  } finally {
    signal.removeEventListener("abort", cancel)
    cancel()
  }
}

const take = ({ event = "message", id, data }: EventSourceMessage, onEvent: ReadFeedOptions["onEvent"]) => {
  try {
    onEvent({ name: event, id, body: JSON.parse(data) as FeedEvent["body"] })
  } catch (cause) {
    if (isTellonceError(cause)) throw cause
    const message = "The live feed said what cannot be read. It begins anew with a snapshot."
    throw new TellonceError("feed/unreadable", message, { cause })
  }
}

const countLife = (onBytes: () => void): TransformStream<Uint8Array<ArrayBuffer>, BufferSource> =>
  new TransformStream({
    transform(chunk, controller) {
      onBytes()
      controller.enqueue(chunk)
    },
  })
