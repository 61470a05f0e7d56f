import type { Duration } from "../duration.ts"
import type { Signal } from "../signal.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"

export interface RepeatsOptions<Stated extends Facts> extends TellOptions<Stated> {
  readonly name: string
  readonly times: number
  readonly within: Duration
  /** What is counted, by kind, and what the tell finds in it; undefined for what is not counted. */
  readonly happened: (signal: Signal) => { readonly kind: string; readonly found: readonly string[] } | undefined
}

/** The same thing so many times within a time. */
export const tellOfRepeats = <const Stated extends Facts>(options: RepeatsOptions<Stated>): Tell<Stated> => {
  const { name, fact, times, within, happened } = options
  const line = parseLine(times, within)
  return defineTell({
    name,
    fact,
    lookback: 2 * line.within,
    find: (signals) => {
      const crosses = createCrossings(line)
      return signals.flatMap((signal) => {
        const one = happened(signal)
        return one && crosses(one.kind, signal.at) ? [{ signal, found: one.found }] : []
      })
    },
  })
}
