import { encodeContext, type LoggedSignal, type Millis, type Store, type StoreNews } from "@tellonce/core"
import type { AllowedCustomer } from "../allow-customer.ts"
import { createRerun } from "./create-rerun.ts"
import type { FeedHub } from "./feed-hub.ts"
import { createFeedPipe, type FeedPipe } from "./feed-pipe.ts"
import type { FeedReader, Following, News } from "./feed-reader.ts"
import { replayMissed } from "./replay-missed.ts"
import { toEvent } from "./to-event.ts"

export interface LiveFeedOptions {
  readonly hub: FeedHub
  readonly store: Pick<Store, "log" | "lateness">
  /** Reads the customer anew: who they are, and what of them may be read, can change while the feed runs. */
  readonly read: () => Promise<AllowedCustomer>
  readonly clock: () => Millis
  readonly random: () => number
  /** The last event the reader has seen; 0 for a reader that has seen nothing. */
  readonly lastEventId: number
  /** Is the reader's credential still good? */
  readonly isStanding: () => boolean
  /** Consents on which it depends what may be read. */
  readonly renewedBy: readonly string[]
}

/**
 * Server-sent events of one customer: what was missed since Last-Event-ID, or a `snapshot` of all that is known, then `signals` as they
 * are kept. A gap that cannot be filled begins with `reset`: what the reader has is not to be built on. Signals are gathered from before
 * the first read on, so that nothing falls between the two; one that comes twice changes nothing, since the join is idempotent.
 */
export const liveFeed = (options: LiveFeedOptions): ReadableStream<Uint8Array> => {
  const { hub, random, isStanding } = options
  const pipe = createFeedPipe({ onEnd: () => hub.leave(reader) })
  const { start, ...turns } = followCustomer(options, pipe, () => reader)
  const reader: FeedReader = {
    ...turns,
    check() {
      if (!isStanding()) pipe.end()
    },
    beat: pipe.beat,
    end: pipe.end,
  }
  // Spread out, so that the readers of a service that comes back do not all come back at once.
  pipe.write(new TextEncoder().encode(`retry: ${Math.round(2_000 + 4_000 * random())}\n\n`))
  hub.join(reader)
  start()
  return pipe.stream
}

const followCustomer = (
  { hub, store, read, clock, lastEventId, renewedBy }: LiveFeedOptions,
  pipe: FeedPipe,
  self: () => FeedReader,
) => {
  /** What came while the customer was being read. */
  let gathered: StoreNews[] = []
  /** What came while a replay was on its way; undefined while the reader follows. */
  let held: News[] | undefined
  /** What the reader has is not to be built on. */
  let isStale = false

  const take = (news: News) => {
    if (held) return void held.push(news)
    if (news.bytes) pipe.write(news.bytes)
    if (news.renews) run(snapshot)
  }
  /** From gathering to following: nothing between the two is lost. */
  const settle = ({ keys, reads, identity }: AllowedCustomer): Following => {
    const following = { keys, reads, as: identity, renewedBy }
    const news = hub.newsOf(following, addedOf(gathered))
    // Whoever has gone while the customer was being read is not to be followed again.
    if (pipe.isOpen()) hub.follow(self(), following)
    if (news) take(news)
    if (gathered.some(({ swept }) => swept.some((key) => keys.includes(key)))) reset()
    return following
  }
  const snapshot = async () => {
    if (!pipe.isOpen()) return
    if (isStale) pipe.write(toEvent("reset", undefined, { now: clock() }))
    isStale = false
    gathered = []
    hub.join(self())
    const customer = await read()
    const { identities, context } = customer
    const seq = seenUpTo(customer, addedOf(gathered))
    const body = { now: clock(), seq, identities, context: JSON.parse(encodeContext(context)) as unknown }
    pipe.write(toEvent("snapshot", seq, body))
    await catchUp(customer, settle(customer))
  }
  /** Where others write as well, what one of them committed while the customer was being read was not gathered here. */
  const catchUp = async ({ keys, places }: AllowedCustomer, following: Following) => {
    if (store.lateness === undefined) return
    const since = await Promise.all(keys.map((key) => store.log({ keys: [key], after: places.get(key) ?? 0 })))
    const news = hub.newsOf(following, since.flat())
    if (news) take(news)
  }
  const resume = async () => {
    const customer = await read()
    held = []
    const missed = { following: settle(customer), after: lastEventId, newest: customer.seq, now: clock() }
    const place = await replayMissed({ hub, store, pipe }, missed)
    const late = held
    held = undefined
    if (place === undefined) {
      isStale = true
      return snapshot()
    }
    for (const news of late) if (news.seq > place - (store.lateness ?? 0)) take(news)
  }
  const reset = () => {
    isStale = true
    run(snapshot)
  }
  // A reader whose customer cannot be read is cut off, and comes back by itself.
  const run = createRerun(snapshot, pipe.cut)
  return {
    start: () => run(lastEventId === 0 ? snapshot : resume),
    gather: (news: StoreNews) => void gathered.push(news),
    take,
    reset,
  }
}

const addedOf = (gathered: readonly StoreNews[]): readonly LoggedSignal[] => gathered.flatMap(({ added }) => added)

/** Identities are read one after the other: what came meanwhile for one that had been read is not in the snapshot, though its place may be lower. */
const seenUpTo = ({ seq, keys }: AllowedCustomer, gathered: readonly LoggedSignal[]): number =>
  gathered.reduce((least, one) => (keys.includes(one.key) ? Math.min(least, one.seq - 1) : least), seq)
