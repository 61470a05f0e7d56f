import type { Duration } from "../duration.ts"
import type { Facts, Tell, TellOptions } from "./tell.ts"
import { tellOfRepeats } from "./tell-of-repeats.ts"
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
}: RepeatedErrorsOptions<Stated>): Tell<Stated> =>
  tellOfRepeats({
    name,
    fact,
    times: errors,
    within,
    happened: (signal) => {
      if (signal.event?.name !== "error") return undefined
      const code = wordOf(signal, "error", "code")
      return { kind: counted === "any" ? "" : (code ?? ""), found: code === undefined ? [] : [code] }
    },
  })
