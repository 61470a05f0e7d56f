import { describeAge } from "./duration.ts"
import type { Entry } from "./entry.ts"
import type { Authority, Millis } from "./stamp.ts"

/** Who said a value, where and how long ago. */
export interface Provenance {
  readonly at: Millis
  /** Milliseconds between `at` and the view's `now`; never negative. */
  readonly age: Millis
  readonly authority: Authority
  readonly channel: string
  readonly source: string
  readonly speaker?: string | undefined
  readonly matter?: string | undefined
}

/** A value with its provenance. */
export type Told<Value> = { readonly value: Value } & Provenance

export const provenance = ({ at, authority, channel, source, speaker, matter }: Entry, now: Millis): Provenance => {
  const from: { -readonly [Member in keyof Provenance]: Provenance[Member] } = {
    at,
    age: Math.max(0, now - at),
    authority,
    channel,
    source,
  }
  if (speaker !== undefined) from.speaker = speaker
  if (matter !== undefined) from.matter = matter
  return from
}

/** `"known from web chat, 2 min ago"`. */
export const describeProvenance = ({ channel, age }: Provenance): string =>
  `known from ${channel.replaceAll("-", " ")}, ${describeAge(age)}`
