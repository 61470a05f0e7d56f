import { canonical, compareText } from "./canonical.ts"
import type { Stamp } from "./stamp.ts"

/** One kept value under its stamp. `cleared` is a stamped absence, so that forgetting merges like any other statement. */
export interface Entry<Value = unknown> extends Stamp {
  /** The register it belongs to, given by the field's rule; of one key only the newest entry is kept. */
  readonly key: string
  /** A number made of the key: two of unequal marks have unequal keys, and numbers are compared in a tenth of the time. */
  readonly mark: number
  readonly value?: Value | undefined
  readonly cleared?: true | undefined
}

/** Every entry is made here, with these members in this order: one shape is what makes reading them fast. */
export const toEntry = (stamp: Stamp, key: string, value: unknown, cleared: true | undefined): Entry => {
  const { id, at, authority, channel, source, speaker, matter } = stamp
  return { at, mark: markOf(key), key, id, value, authority, channel, source, speaker, matter, cleared }
}

/** The end of a key tells most keys apart, and its length the rest of what is short. */
export const markOf = (key: string): number => {
  const last = key.length - 1
  return (key.length << 16) ^ (key.charCodeAt(last) << 8) ^ key.charCodeAt(last - 1)
}

/**
 * The total order of entries, newer greater: by `at`, then by id, then by the whole canonical content, so that a reused id
 * with other content cannot split replicas. Zero only for equal entries.
 */
export const compareEntries = (a: Entry, b: Entry): number =>
  a.at - b.at || compareText(a.id, b.id) || (isSame(a, b) ? 0 : compareText(canonical(a), canonical(b)))

/** Spares a signal delivered twice, the usual tie, its canonical text. False says nothing. */
const isSame = (a: Entry, b: Entry): boolean =>
  (Object.keys(a) as (keyof Entry)[]).every((member) => a[member] === b[member])
