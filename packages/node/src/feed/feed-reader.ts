import type { Identity, StoreNews } from "@tellonce/core"

/** Whose signals a reader follows and how much of them it may read. Readers who follow alike share one text. */
export interface Following {
  readonly keys: readonly string[]
  readonly reads: ReadonlySet<string>
  /** Named in signals where the reader may not know the others. */
  readonly as: Identity
  /** A statement about one of these changes what may be read. */
  readonly renewedBy: readonly string[]
}

/** News for one audience: the event's bytes, undefined when none of it may be read; and whether who they are or what may be read has changed. */
export interface News {
  readonly seq: number
  readonly bytes: Uint8Array | undefined
  readonly renews: boolean
}

export interface FeedReader {
  /** While it follows nobody yet: everything, to be looked through once it does. */
  gather(news: StoreNews): void
  take(news: News): void
  /** Begin anew with a snapshot. */
  reset(): void
  /** Is it still to be open? If not, it ends. */
  check(): void
  /** Every two seconds: to show life, and to be cut off when it has stood still. */
  beat(): void
  /** Its stream is over. */
  end(): void
}
