import type { Duration } from "../duration.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"
import { wordOf } from "./word-of.ts"

export interface RageClicksOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** 3 unless told. */
  readonly clicks?: number
  /** `"2s"` unless told. */
  readonly within?: Duration
}

/** So many `click` events on one `data.target` within the time. Found: the target. */
export const rageClicks = <const Stated extends Facts>({
  name = "rage-clicks",
  fact,
  clicks = 3,
  within = "2s",
}: RageClicksOptions<Stated>): Tell<Stated> => {
  const line = parseLine(clicks, within)
  return defineTell({
    name,
    fact,
    lookback: 2 * line.within,
    find: (signals) => {
      const crosses = createCrossings(line)
      return signals.flatMap((signal) => {
        const target = wordOf(signal, "click", "target")
        return target !== undefined && crosses(target, signal.at) ? [{ signal, found: [target] }] : []
      })
    },
  })
}
