import type { LoggedSignal, Millis, Store, StoreNews, Unsubscribe } from "@tellonce/core"
import { stripSignal } from "../access/strip-signal.ts"
import { oneAtATime } from "../one-at-a-time.ts"
import { createAudiences } from "./audiences.ts"
import { changesWho } from "./changes-who.ts"
import type { FeedReader, Following, News } from "./feed-reader.ts"
import { toEvent } from "./to-event.ts"

/** Brings what the store adds to all open readers: one look at each signal, one text for all readers alike. */
export interface FeedHub {
  /** Gathers until it follows. Once the hub is closed, its stream is over. */
  join(reader: FeedReader): void
  follow(reader: FeedReader, following: Following): void
  /** What of these signals is news to those who follow so. */
  newsOf(following: Following, added: readonly LoggedSignal[]): News | undefined
  leave(reader: FeedReader): void
  /** Looks at every reader now: is it still to be open? */
  check(): void
  /** Ends every reader, and each that comes later. */
  close(): void
  /** Runs one after the other what must not run for many readers at once. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
}

const everyBeat: Millis = 2_000

export const createFeedHub = (options: {
  readonly store: Pick<Store, "watch">
  readonly clock: () => Millis
  /** With each beat, which does not wait for it; what it learns has its own way to `check`. */
  readonly refresh: () => Promise<void>
  readonly onError: (error: unknown) => void
}): FeedHub => {
  const { store, clock, refresh, onError } = options
  const gathering = new Set<FeedReader>()
  const audiences = createAudiences()
  let stop: Unsubscribe | undefined
  let isClosed = false

  const newsOf = (following: Following, added: readonly LoggedSignal[]) => toNews(following, added, clock)
  /** For what has changed without a signal, such as an erasure: every reader of these keys begins anew. */
  const reset = (keys: readonly string[]) => {
    for (const { readers } of audiences.of(keys)) for (const reader of [...readers]) reader.reset()
  }
  const dispatch = (news: StoreNews) => {
    const { added, swept } = news
    for (const reader of [...gathering]) reader.gather(news)
    if (swept.length > 0) reset(swept)
    for (const { following, readers } of audiences.of(added.map(({ key }) => key))) {
      const news = newsOf(following, added)
      if (news) for (const reader of [...readers]) reader.take(news)
    }
  }
  const all = () => [...gathering, ...audiences.readers()]
  const check = () => {
    for (const reader of all()) reader.check()
  }
  const beat = () => {
    check()
    for (const reader of all()) reader.beat()
    void refresh().catch(onError)
  }
  const start = () => {
    const unwatch = store.watch(dispatch, audiences.followed)
    const timer = setInterval(beat, everyBeat)
    timer.unref()
    stop = () => {
      unwatch()
      clearInterval(timer)
      stop = undefined
    }
  }
  const part = (reader: FeedReader) => {
    gathering.delete(reader)
    audiences.leave(reader)
  }

  return {
    check,
    newsOf,
    join(reader) {
      if (isClosed) return reader.end()
      part(reader)
      gathering.add(reader)
      if (stop === undefined) start()
    },
    follow(reader, following) {
      part(reader)
      audiences.join(reader, following)
    },
    leave(reader) {
      part(reader)
      if (gathering.size === 0 && audiences.isEmpty()) stop?.()
    },
    close() {
      isClosed = true
      for (const reader of all()) reader.end()
    },
    inTurn: oneAtATime(),
  }
}

const toNews = (
  { keys, reads, as, renewedBy }: Following,
  added: readonly LoggedSignal[],
  clock: () => Millis,
): News | undefined => {
  const ours = added.filter(({ key }) => keys.includes(key))
  const seq = ours.at(-1)?.seq
  if (seq === undefined) return undefined
  const decides = ours.some(({ signal: { facts = {}, cleared = [] } }) =>
    renewedBy.some((field) => Object.hasOwn(facts, field) || cleared.includes(field)),
  )
  const signals = ours.flatMap(({ signal }) => stripSignal(signal, reads, as) ?? [])
  // What may be read is about to change: nothing goes out by the old rule.
  const bytes = decides || signals.length === 0 ? undefined : toEvent("signals", seq, { now: clock(), seq, signals })
  return { seq, bytes, renews: decides || ours.some(({ signal }) => changesWho(signal)) }
}
