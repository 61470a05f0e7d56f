import { canonical, compareText } from "./canonical.ts"
import type { Stamp } from "./stamp.ts"

/** One kept value under its stamp. `cleared` is a stamped absence, so that forgetting merges like any other statement. */
export interface Entry<Value = unknown> extends Stamp {
  /** The register it belongs to, given by the field's rule; of one key only the newest entry is kept. */
  readonly key: string
  readonly value?: Value | undefined
  readonly cleared?: true | undefined
}

/**
 * The total order of entries, newer greater: by `at`, then by id, then by the whole canonical content, so that a reused id
 * with other content cannot split replicas. Zero only for equal entries.
 */
export const compareEntries = (a: Entry, b: Entry): number =>
  a.at - b.at || compareText(a.id, b.id) || (a === b ? 0 : compareText(canonical(a), canonical(b)))
