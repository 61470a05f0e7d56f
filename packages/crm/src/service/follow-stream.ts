import type { Millis } from "@tellonce/core"
import type { EventSourceMessage } from "eventsource-parser"
import { EventSourceParserStream } from "eventsource-parser/stream"
import type { PanelConnection } from "../panel/panel-context.ts"
import type { ServiceApi } from "./service-api.ts"

/** One event of the live feed. */
export interface FeedEvent {
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface FollowOptions {
  readonly api: ServiceApi
  readonly path: string
  /** Ends it. */
  readonly signal: AbortSignal
  readonly sleep: (time: Millis, signal: AbortSignal) => Promise<void>
  readonly random: () => number
  /** Waited for before the next. What throws here makes the feed begin anew. */
  readonly onEvent: (event: FeedEvent) => Promise<void>
  readonly onConnection: (connection: PanelConnection) => void
  readonly onError: (error: unknown) => void
}

/** Three heartbeats of the service: after so much silence a connection is taken for dead. */
const patience: Millis = 45_000
const shortestWait: Millis = 1_000
const longestWait: Millis = 30_000

/** Keeps one stream open until `signal` aborts, and comes back where it was cut off. Never rejects. */
export const followStream = async (options: FollowOptions): Promise<void> => {
  const { signal, sleep, random, onEvent, onConnection, onError } = options
  let lastEventId: string | undefined
  let failures = 0
  const take = async ({ event: name = "message", id, data }: EventSourceMessage) => {
    // After what could not be taken there is no place to come back to.
    lastEventId = undefined
    await onEvent({ name, body: JSON.parse(data) as FeedEvent["body"] })
    lastEventId = id
    failures = 0
  }
  while (!signal.aborted) {
    onConnection("connecting")
    try {
      await readOnce(options, lastEventId, take)
    } catch (error) {
      if (!signal.aborted) onError(error)
    }
    if (signal.aborted) return
    onConnection("offline")
    const wait = Math.min(longestWait, shortestWait * 2 ** failures++)
    // Spread out, so that all panels of a service that comes back do not come back at once.
    await sleep(wait * (0.5 + random() / 2), signal)
  }
}

/** One connection, from its opening to its end. */
const readOnce = async (
  { api, path, signal, sleep, onConnection }: FollowOptions,
  lastEventId: string | undefined,
  take: (message: EventSourceMessage) => Promise<void>,
): Promise<void> => {
  const over = new AbortController()
  const end = () => over.abort()
  signal.addEventListener("abort", end)
  let quiet = new AbortController()
  const heard = () => {
    quiet.abort()
    quiet = new AbortController()
    const watch = quiet.signal
    void sleep(patience, watch).then(() => watch.aborted || end())
  }
  try {
    heard()
    const stream = await api.stream(path, { lastEventId, signal: over.signal })
    onConnection("live")
    const events = stream
      .pipeThrough(countLife(heard))
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
    const reader = events.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) await take(next.value)
  } finally {
    quiet.abort()
    end()
    signal.removeEventListener("abort", end)
  }
}

const countLife = (heard: () => void): TransformStream<Uint8Array<ArrayBuffer>, BufferSource> =>
  new TransformStream({
    transform(chunk, controller) {
      heard()
      controller.enqueue(chunk)
    },
  })
