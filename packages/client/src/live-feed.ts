import { isTellonceError, type Millis } from "@tellonce/core"
import type { Clock } from "./clock.ts"
import type { Credentials } from "./credentials.ts"
import { type FeedEvent, readFeed } from "./read-feed.ts"
import type { Retry } from "./retry.ts"
import type { Failure, Service } from "./service.ts"
import { createSilenceWatch } from "./silence-watch.ts"

/** Keeps one stream to the service open and hands on what comes. */
export interface LiveFeed {
  /** It is another customer now, or the same under another credential: begin anew. */
  restart(): void
  /** The network may be back. */
  nudge(): void
  close(): void
}

export interface LiveFeedOptions {
  readonly service: Service
  readonly credentials: Credentials
  readonly retry: Retry
  readonly sleep: Required<Clock>["sleep"]
  /** `kind:value` of the customer to follow; undefined where the token says whose it is. */
  readonly subject: () => string | undefined
  /** May throw: the feed then begins anew with a snapshot. */
  readonly onEvent: (event: FeedEvent) => void
  readonly onConnection: (connection: "connecting" | "live" | "offline") => void
}

/** Three heartbeats of the service. */
const patience: Millis = 45_000

export const createLiveFeed = (options: LiveFeedOptions): LiveFeed => {
  const { retry, onConnection } = options
  let closed = false
  let lastEventId: string | undefined
  let connection = new AbortController()

  const run = async () => {
    while (!closed) {
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
  }
  void run()
  return {
    restart() {
      lastEventId = undefined
      connection.abort(restarted)
      retry.nudge()
    },
    nudge: () => void retry.nudge(),
    close() {
      closed = true
      connection.abort(restarted)
      retry.close()
    },
  }
}

const restarted = "restarted"

/** One connection, from its opening to its end: why it ended, or `again` when the next can follow at once. */
const follow = async (
  { service, credentials, retry, sleep, subject, onConnection }: LiveFeedOptions,
  outer: AbortSignal,
  lastEventId: string | undefined,
  onEvent: (event: FeedEvent) => void,
): Promise<Failure | "again"> => {
  const owner = credentials.owner()
  const granted = await credentials.token(owner)
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
    if (!opened.ok) return opened.status === 401 && credentials.renew(owner, token) ? "again" : opened
    onConnection("live")
    watch.heard()
    await readFeed(opened.stream, {
      signal: silent.signal,
      onBytes: watch.heard,
      onEvent: (event) => {
        onEvent(event)
        retry.succeeded()
      },
    })
    return outer.aborted ? "again" : ended()
  } catch (cause) {
    if (outer.aborted) return "again"
    return isTellonceError(cause) ? { ok: false, code: cause.code, message: cause.message, cause } : ended(cause)
  } finally {
    watch.stop()
    outer.removeEventListener("abort", stop)
  }
}

const ended = (cause?: unknown): Failure => ({
  ok: false,
  code: "feed/ended",
  message: "The live feed has ended. It is opened again; until then the view shows what was known.",
  cause,
  quiet: true,
})
