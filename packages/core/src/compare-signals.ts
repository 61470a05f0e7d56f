import { canonical, compareText } from "./canonical.ts"
import type { Signal } from "./signal.ts"

/** The total order of signals: by event time, then id, then whole content. Zero only for equal ones. */
export const compareSignals = (a: Signal, b: Signal): number =>
  a.at - b.at || compareText(a.id, b.id) || (a === b ? 0 : compareText(canonical(a), canonical(b)))
