import type { Entry } from "./entry.ts"
import type { AnyField, Reading } from "./field.ts"
import { type Provenance, stampOn, type Told } from "./provenance.ts"
import type { Millis } from "./stamp.ts"

/**
 * `stale` is old and still shown; `expired` was known once and is no longer served; `conflicting` has more than one answer;
 * `withheld` is not for this viewer.
 */
export type Freshness = FieldView["state"]

/** One field as it reads now: never a bare value that hides its age. */
export type FieldView<Value = unknown> =
  | { readonly state: "unknown"; readonly value?: undefined }
  | { readonly state: "withheld"; readonly value?: undefined }
  | ({ readonly state: "expired"; readonly value?: undefined } & Provenance)
  | ({ readonly state: "fresh" | "stale"; readonly value: Value } & Provenance)
  | ({ readonly state: "conflicting"; readonly value: Value; readonly others: readonly Told<Value>[] } & Provenance)

/** What a reading needs besides the entries. */
export interface FieldReading extends Reading {
  readonly field: AnyField
  /** Matters that are settled, and when: what was said in them retires. */
  readonly closed: ReadonlyMap<string, Millis>
  /** Older than this is stale for this question, whatever the field allows. */
  readonly maxAge?: Millis | undefined
}

export const readField = (entries: readonly Entry[], reading: FieldReading): FieldView => {
  const { now, field, maxAge } = reading
  const newest = entries[0]
  if (newest === undefined) return unknown
  const live = liveEntries(entries, reading)
  const said = field.rule.read(live, reading)
  if (said === undefined)
    return live.length > 0 || newest.cleared ? unknown : stampOn({ state: "expired" }, newest, now)
  const { entry, value, others } = said
  if (others?.length) {
    const told = others.map((other) => stampOn({ value: other.value }, other, now))
    return stampOn({ state: "conflicting", value, others: told }, entry, now)
  }
  const age = now - entry.at
  const isFresh = age < field.freshFor && (maxAge === undefined || age <= maxAge)
  return stampOn({ state: isFresh ? "fresh" : "stale", value }, entry, now)
}

const unknown: FieldView = { state: "unknown" }

/** Without what has expired, and without what was said in a matter since closed, unless that matter is the one asked for. */
export const liveEntries = (
  entries: readonly Entry[],
  { now, field, closed, matter }: FieldReading,
): readonly Entry[] => {
  const expires = Number.isFinite(field.keepFor)
  const retires = field.scope === "matter" && closed.size > 0
  if (!expires && !retires) return entries
  return entries.filter((entry) => {
    if (expires && now - entry.at >= field.keepFor) return false
    if (!retires || entry.matter === undefined || entry.matter === matter) return true
    return entry.at > (closed.get(entry.matter) ?? -1)
  })
}
