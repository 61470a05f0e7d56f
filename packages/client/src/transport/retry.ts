import type { Millis } from "@tellonce/core"
import type { Clock } from "../page/clock.ts"
import type { Failure } from "./answer.ts"
import { backoffDelay, longestBackoff } from "./backoff.ts"
import type { Outages } from "./outages.ts"

/** When to try again. It never gives up: an outage ends when the service answers. */
export interface Retry {
  /** Reports the failure, once per outage, and waits: as long as the service asked for, or longer each time. */
  wait(failure: Failure): Promise<void>
  succeeded(): void
  /** Ends a wait of our own choosing. False when the service has asked for one, or has refused for good: that is kept. */
  hurry(): boolean
  /** The network may be back: the same, and when a try is under way, which may be about to fail, it is repeated at once. */
  nudge(): void
  /** What came until now repeats no try: one begins after it, or has got through. */
  forget(): void
  /** There is another credential: what was refused for good may be welcome now. */
  renewed(): void
  close(): void
}

export interface RetryOptions {
  readonly sleep: Required<Clock>["sleep"]
  /** 0..1. */
  readonly chance: () => number
  readonly outages: Outages
}

/** Longer than this, a wait asked for would overflow the machine's timers. */
const longestAsked: Millis = 86_400_000

export const createRetry = ({ sleep, chance, outages }: RetryOptions): Retry => {
  let failures = 0
  let waiting = new AbortController()
  let reason: "none" | "outage" | "asked" | "refused" = "none"
  let isNudged = false
  let closed = false
  const self: Retry = {
    async wait(failure) {
      if (closed) return
      outages.begin(self, failure)
      waiting = new AbortController()
      reason = failure.retryAfter !== undefined ? "asked" : isLasting(failure) ? "refused" : "outage"
      const delay = delayOf(failure, failures++, chance())
      const mayRepeat = isNudged && reason === "outage"
      self.forget()
      if (!mayRepeat) await sleep(delay, waiting.signal)
      reason = "none"
    },
    succeeded() {
      failures = 0
      outages.end(self)
    },
    hurry() {
      const isOurs = reason === "none" || reason === "outage"
      if (isOurs) waiting.abort()
      return isOurs
    },
    nudge() {
      isNudged = reason === "none"
      self.hurry()
    },
    forget() {
      isNudged = false
    },
    renewed() {
      if (reason !== "asked") waiting.abort()
    },
    close() {
      closed = true
      waiting.abort()
    },
  }
  return self
}

/** What was asked for is never cut short and at most a quarter longer; what a retry cannot mend is tried twice a minute. */
const delayOf = (failure: Failure, failures: number, chance: number): Millis => {
  const { retryAfter } = failure
  if (retryAfter !== undefined) return Math.min(longestAsked, retryAfter * (1 + chance / 4))
  return isLasting(failure) ? longestBackoff : backoffDelay(failures, chance)
}

/** No retry mends it. */
const isLasting = ({ status }: Failure): boolean =>
  status !== undefined && status !== 408 && status !== 429 && status < 500
