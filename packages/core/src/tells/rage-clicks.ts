import type { Duration } from "../duration.ts"
import type { Facts, Tell, TellOptions } from "./tell.ts"
import { tellOfRepeats } from "./tell-of-repeats.ts"
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
}: RageClicksOptions<Stated>): Tell<Stated> =>
  tellOfRepeats({
    name,
    fact,
    times: clicks,
    within,
    happened: (signal) => {
      const target = wordOf(signal, "click", "target")
      return target === undefined ? undefined : { kind: target, found: [target] }
    },
  })
