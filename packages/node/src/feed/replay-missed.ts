import type { Millis, Store } from "@tellonce/core"
import type { FeedHub } from "./feed-hub.ts"
import type { FeedPipe } from "./feed-pipe.ts"
import type { Following } from "./feed-reader.ts"

/** A gap longer than this, or with more signals, is not replayed. */
const most = { signals: 10_000, age: 15 * 60_000 }
/** Signals looked at in one go: a signal may be 64 kB and more, and there may be many readers who come back at once. */
const page = { first: 10, most: 200 }
/** Bytes of one event of a replay, about. */
const enough = 131_072

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
  {
    hub,
    store,
    pipe,
  }: { readonly hub: FeedHub; readonly store: Pick<Store, "log" | "lateness">; readonly pipe: FeedPipe },
  { following, after, newest, now }: Missed,
): Promise<number | undefined> => {
  const { keys } = following
  if (after > newest) return undefined
  // Places are numbered over all customers: only where many lie between is it worth counting this one's, and for one reader at a time.
  if (newest - after > most.signals && (await hub.inTurn(() => isLong(store, keys, after)))) return undefined
  // What was numbered before that place and committed after it was seen is among what was missed. What comes twice does no harm.
  let place = after - (store.lateness ?? 0)
  let limit = page.first
  while (pipe.isOpen()) {
    const missed = await store.log({ keys, after: place, limit })
    if (missed.length === 0) break
    if (missed.some(({ seq, received }) => seq > after && received < now - most.age)) return undefined
    const news = hub.newsOf(following, missed)
    if (news === undefined || news.renews) return undefined
    if (news.bytes) pipe.write(news.bytes)
    place = news.seq
    limit = nextLimit(limit, news.bytes?.byteLength ?? 0)
    await pipe.drained()
  }
  return place
}

/** Are there more signals of these keys than are replayed? Counted page by page: all of them at once may not fit. */
const isLong = async (store: Pick<Store, "log">, keys: readonly string[], after: number): Promise<boolean> => {
  let place = after
  for (let count = 0; count <= most.signals; ) {
    const found = await store.log({ keys, after: place, limit: page.most })
    const last = found.at(-1)
    if (last === undefined) return false
    count += found.length
    place = last.seq
  }
  return true
}

/** So many that the next event is about as large as it may be, if the signals go on as they are. */
const nextLimit = (limit: number, bytes: number): number =>
  Math.max(1, Math.min(page.most, limit * 4, Math.floor((limit * enough) / Math.max(1, bytes))))
