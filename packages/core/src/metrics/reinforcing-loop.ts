import { TellonceError } from "../errors.ts"
import type { Millis } from "../stamp.ts"
import { groupBy } from "./group-by.ts"
import type { HeardSignal } from "./heard-signal.ts"
import { toLag } from "./information-lag.ts"
import type { Rate } from "./rate.ts"

export interface Window {
  /** Epoch milliseconds; windows begin at whole multiples of their length. */
  readonly from: Millis
  readonly lagP95: Millis
  readonly contacts: number
}

export interface ReinforcingLoop {
  /** Those in which something happened, in order. */
  readonly windows: readonly Window[]
  /**
   * How often the circle closed: the lag rose from one window to the next, contacts rose in the step after that, and the lag rose again
   * in the step after that. Four successive windows; a circle that goes on closes once more with each further window.
   */
  readonly loops: number
  /** Loops ÷ the rises of the lag after which two more successive windows are known: how often a rise fed on itself. */
  readonly score: Rate
}

export interface LoopSignals {
  readonly signals: readonly HeardSignal[]
  /** The messages of these that begin a contact. */
  readonly contacts: readonly HeardSignal[]
}

/** Late answers make customers ask again, and that makes answers later: do information lag and contact volume lead each other upward? */
export const reinforcingLoop = ({ signals, contacts }: LoopSignals, windowLength: Millis): ReinforcingLoop => {
  if (!(windowLength > 0)) {
    throw new TellonceError("metrics/window", 'A window needs a length. Give one of more than 0 ms, such as "1d".')
  }
  const placeOf = ({ at }: HeardSignal) => [Math.floor(at / windowLength)]
  const begun = groupBy(contacts, placeOf)
  const windows = new Map(
    [...groupBy(signals, placeOf)]
      .sort(([a], [b]) => a - b)
      .map(([place, group]): [number, Window] => [
        place,
        { from: place * windowLength, lagP95: toLag(group).p95 ?? 0, contacts: begun.get(place)?.length ?? 0 },
      ]),
  )
  return { windows: [...windows.values()], ...count(windows) }
}

const count = (windows: ReadonlyMap<number, Window>): Pick<ReinforcingLoop, "loops" | "score"> => {
  let rises = 0
  let loops = 0
  for (const [place, first] of windows) {
    const [second, third, fourth] = [1, 2, 3].map((step) => windows.get(place + step))
    if (!second || !third || !fourth || second.lagP95 <= first.lagP95) continue
    rises += 1
    if (third.contacts > second.contacts && fourth.lagP95 > third.lagP95) loops += 1
  }
  return { loops, score: { count: loops, of: rises, rate: rises === 0 ? undefined : loops / rises } }
}
