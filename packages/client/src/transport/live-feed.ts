import type { Millis } from "@tellonce/core"
import type { Clock } from "../page/clock.ts"
import type { Credentials } from "../who/credentials.ts"
import type { Failure } from "./answer.ts"
import { type FeedEvent, readFeed } from "./read-feed.ts"
import type { Retry } from "./retry.ts"
import type { Service } from "./service.ts"
import { createSilenceWatch } from "./silence-watch.ts"
import type { Tokens } from "./tokens.ts"

/** Keeps one stream to the service open and hands on what comes. */
export interface LiveFeed {
  /** This tab may have become the one that speaks to the service. */
  wake(): void
  /** Another tab is to speak, or the page is put to rest. */
  rest(): void
  /** It is another customer now, or the same under another credential: begin anew. */
  restart(): void
  /** The network may be back. */
  nudge(): void
  close(): void
}

export interface LiveFeedOptions {
  readonly service: Service
  readonly credentials: Credentials
  readonly tokens: Tokens
  readonly retry: Retry
  readonly sleep: Required<Clock>["sleep"]
  /** Does this tab speak to the service for all? */
  readonly leads: () => boolean
  /** `kind:value` of the customer to follow; undefined where the token says whose it is. */
  readonly subject: () => string | undefined
  /** May throw: the feed then begins anew with a snapshot. */
  readonly onEvent: (event: FeedEvent) => void
  readonly onConnection: (connection: "connecting" | "live" | "offline") => void
}

/** Three heartbeats of the service. */
const patience: Millis = 45_000

export const createLiveFeed = (options: LiveFeedOptions): LiveFeed => {
  const { retry, onConnection, leads } = options
  let closed = false
  let running = false
  let lastEventId: string | undefined
  let connection = new AbortController()

  const run = async () => {
    while (!closed && leads()) {
      connection = new AbortController()
      const { signal } = connection
      onConnection("connecting")
      const failure = await follow(options, signal, lastEventId, (event) => {
        if (signal.aborted) return
        lastEventId = undefined
        options.onEvent(event)
        lastEventId = event.id
      })
      if (closed || failure === "again") continue
      onConnection("offline")
      await retry.wait(failure)
    }
    running = false
  }
  const wake = () => {
    if (running || closed || !leads()) return
    running = true
    void run()
  }
  const rest = () => {
    // What others hear meanwhile is not heard here: begin anew.
    lastEventId = undefined
    connection.abort()
  }
  return {
    wake,
    rest,
    restart() {
      rest()
      retry.renewed()
      wake()
    },
    nudge: retry.nudge,
    close() {
      closed = true
      connection.abort()
      retry.close()
    },
  }
}

/** One connection, from its opening to its end: why it ended, or `again` when the next can follow at once. */
const follow = async (
  { service, credentials, tokens, retry, sleep, subject, onConnection }: LiveFeedOptions,
  outer: AbortSignal,
  lastEventId: string | undefined,
  onEvent: (event: FeedEvent) => void,
): Promise<Failure | "again"> => {
  retry.forget()
  const owner = credentials.owner()
  const granted = await tokens.token(owner)
  if (outer.aborted) return "again"
  if (!granted.ok) return granted
  const silent = new AbortController()
  const stop = () => silent.abort()
  outer.addEventListener("abort", stop)
  const watch = createSilenceWatch(sleep, patience, stop)
  try {
    const { token } = granted
    const opened = await service.openStream({ token, identity: subject(), lastEventId, signal: silent.signal })
    if (outer.aborted) return "again"
    if (!opened.ok) return opened.status === 401 && tokens.renew(owner, token) ? "again" : opened
    onConnection("live")
    retry.forget()
    watch.heard()
    const unreadable = await readFeed(opened.stream, {
      signal: silent.signal,
      onBytes: watch.heard,
      onEvent: (event) => {
        onEvent(event)
        retry.succeeded()
      },
    })
    return outer.aborted ? "again" : (unreadable ?? ended())
  } catch (cause) {
    return outer.aborted ? "again" : ended(cause)
  } finally {
    watch.stop()
    outer.removeEventListener("abort", stop)
  }
}

const ended = (cause?: unknown): Failure => ({
  ok: false,
  code: "feed/ended",
  message: "The live feed has ended.",
  cause,
  quiet: true,
})
