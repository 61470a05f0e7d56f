import type { Duration } from "../duration.ts"
import type { Signal } from "../signal.ts"
import type { Millis } from "../stamp.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"
import { wordOf } from "./word-of.ts"

export interface CheckoutStruggleOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** So many returns to one step; 2 unless told. */
  readonly returns?: number
  /** Or so many errors; 2 unless told. */
  readonly errors?: number
  /** `"10m"` unless told. */
  readonly within?: Duration
}

/**
 * Returns to one `data.step` of `checkout.step` events, or `checkout.error` events, within the time and without a `checkout.done` between
 * them. A return is a step entered from another one that was left within that time. Found: the step returned to, or nothing for errors.
 */
export const checkoutStruggle = <const Stated extends Facts>({
  name = "checkout-struggle",
  fact,
  returns = 2,
  errors = 2,
  within = "10m",
}: CheckoutStruggleOptions<Stated>): Tell<Stated> => {
  const returned = parseLine(returns, within)
  const failed = parseLine(errors, within)
  const start = () => ({
    isReturn: createReturns(returned.within),
    crossesReturns: createCrossings(returned),
    crossesErrors: createCrossings(failed),
  })
  return defineTell({
    name,
    fact,
    // Two for the crossing, and one for the visit that makes the oldest of its returns a return.
    lookback: 3 * returned.within,
    find: (signals) => {
      let checkout = start()
      return signals.flatMap((signal: Signal) => {
        if (signal.event?.name === "checkout.done") checkout = start()
        const { isReturn, crossesReturns, crossesErrors } = checkout
        if (signal.event?.name === "checkout.error") return crossesErrors("", signal.at) ? [{ signal, found: [] }] : []
        const step = wordOf(signal, "checkout.step", "step")
        if (step === undefined || !isReturn(step, signal.at)) return []
        return crossesReturns(step, signal.at) ? [{ signal, found: [step] }] : []
      })
    },
  })
}

/** Answers for each step entered whether it is one that was visited within the time, with another one since. */
const createReturns = (within: Millis): ((step: string, at: Millis) => boolean) => {
  const visited = new Map<string, Millis>()
  let current: string | undefined
  return (step, at) => {
    const before = visited.get(step)
    const isReturn = before !== undefined && at - before <= within && current !== step
    visited.set(step, at)
    current = step
    return isReturn
  }
}
