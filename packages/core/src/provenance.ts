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

/** Adds to a new object who said it, where and how long ago. In place: a copy by spreading costs more than the whole reading. */
export const stampOn = <Base extends object>(base: Base, entry: Entry, now: Millis): Base & Provenance => {
  const stamped = base as Base & { -readonly [Member in keyof Provenance]: Provenance[Member] }
  stamped.at = entry.at
  stamped.age = Math.max(0, now - entry.at)
  stamped.authority = entry.authority
  stamped.channel = entry.channel
  stamped.source = entry.source
  if (entry.speaker !== undefined) stamped.speaker = entry.speaker
  if (entry.matter !== undefined) stamped.matter = entry.matter
  return stamped
}

/** `"known from web chat, 2 min ago"`. */
export const describeProvenance = ({ channel, age }: Provenance): string =>
  `known from ${channel.replaceAll("-", " ")}, ${describeAge(age)}`
