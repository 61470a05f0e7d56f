import type { Duration } from "../duration.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"
import { wordOf } from "./word-of.ts"

export interface RepeatedErrorsOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** 3 unless told. */
  readonly errors?: number
  /** `"5m"` unless told. */
  readonly within?: Duration
  /** `same` (default): errors of one `data.code`, those without a code together. `any`: all errors together. */
  readonly code?: "same" | "any"
}

/** So many `error` events within the time. Found: the code of the last one, if it has one. */
export const repeatedErrors = <const Stated extends Facts>({
  name = "repeated-errors",
  fact,
  errors = 3,
  within = "5m",
  code: counted = "same",
}: RepeatedErrorsOptions<Stated>): Tell<Stated> => {
  const line = parseLine(errors, within)
  return defineTell({
    name,
    fact,
    lookback: 2 * line.within,
    find: (signals) => {
      const crosses = createCrossings(line)
      return signals.flatMap((signal) => {
        if (signal.event?.name !== "error") return []
        const code = wordOf(signal, "error", "code")
        const kind = counted === "any" ? "" : (code ?? "")
        return crosses(kind, signal.at) ? [{ signal, found: code === undefined ? [] : [code] }] : []
      })
    },
  })
}
