import type { Millis } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"

/** Requests a caller may make: `burst` at once, and `perSecond` in the long run. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** What is absent has no limit. */
export type Rates = { readonly [kind in Principal["kind"]]?: Rate | undefined }

/** Throws 429 `overload/too_many_requests` when the caller has spent what is allowed. */
export type Allowance = (principal: Principal) => void

/** The secret key has none unless told: the company's own backend is held by admission alone. */
export const usualRates: Rates = {
  publishable: { perSecond: 500, burst: 1_000 },
  visitor: { perSecond: 20, burst: 200 },
  customer: { perSecond: 20, burst: 200 },
  agent: { perSecond: 100, burst: 1_000 },
}

interface Bucket {
  tokens: number
  at: Millis
}

/** Callers remembered at a time. Forgetting one gives it a full bucket, so there are enough that this pays nobody. */
const mostBuckets = 50_000

/** A token bucket for each caller, so that one of them who asks too much leaves the others their share. */
export const createAllowance = (options: { readonly rates: Rates; readonly stopwatch: () => Millis }): Allowance => {
  const buckets = new Map<string, Bucket>()
  return (principal) => {
    const rate = options.rates[principal.kind]
    if (rate === undefined) return
    const caller = callerOf(principal)
    const now = options.stopwatch()
    const { tokens, at } = buckets.get(caller) ?? { tokens: rate.burst, at: now }
    const left = Math.min(rate.burst, tokens + ((now - at) / 1_000) * rate.perSecond)
    // Taken out and put in again: the first in the map is the one not seen for longest.
    buckets.delete(caller)
    buckets.set(caller, { tokens: left < 1 ? left : left - 1, at: now })
    if (buckets.size > mostBuckets) forgetFirst(buckets)
    if (left >= 1) return
    throw new HttpProblem(
      429,
      "overload/too_many_requests",
      "This caller asks more often than it may. Send it again after the time in Retry-After, and fewer at a time.",
      Math.max(1, Math.ceil((1 - left) / rate.perSecond)),
    )
  }
}

const forgetFirst = (buckets: Map<string, Bucket>) => {
  const [first] = buckets.keys()
  if (first !== undefined) buckets.delete(first)
}

const callerOf = (principal: Principal): string => {
  if ("identity" in principal) return JSON.stringify([principal.kind, principal.identity])
  return "agent" in principal ? JSON.stringify([principal.kind, principal.agent]) : principal.kind
}
