import type { Millis, Store } from "@tellonce/core"
import type { FeedHub } from "./feed-hub.ts"
import type { FeedPipe } from "./feed-pipe.ts"
import type { Following } from "./feed-reader.ts"

/** A gap longer than this, or with more signals, is not replayed. */
const most = { signals: 10_000, age: 15 * 60_000 }
/** Signals of one event of a replay. */
const page = 200

export interface Missed {
  readonly following: Following
  /** The last place the reader has seen, and the customer's newest. */
  readonly after: number
  readonly newest: number
  readonly now: Millis
}

/**
 * Writes what a reader has missed, no faster than it reads. Answers the place it came to; undefined when a replay cannot tell it: the gap is
 * too long, the place is not of this log, or who the customer is, or what may be read of them, changed in between.
 */
export const replayMissed = async (
  { hub, store, pipe }: { readonly hub: FeedHub; readonly store: Pick<Store, "log">; readonly pipe: FeedPipe },
  { following, after, newest, now }: Missed,
): Promise<number | undefined> => {
  const { keys } = following
  const limit = most.signals + 1
  if (after > newest) return undefined
  // Places are numbered over all customers: only where many lie between is it worth counting this one's, and for one reader at a time.
  const isLong =
    newest - after >= limit &&
    (await hub.inTurn(async () => (await store.log({ keys, after, limit })).length === limit))
  if (isLong) return undefined
  let place = after
  while (pipe.isOpen()) {
    const missed = await store.log({ keys, after: place, limit: page })
    const [first] = missed
    if (first === undefined) break
    if (place === after && first.received < now - most.age) return undefined
    const news = hub.newsOf(following, missed)
    if (news === undefined || news.renews) return undefined
    if (news.bytes) pipe.write(news.bytes)
    place = news.seq
    await pipe.drained()
  }
  return place
}
