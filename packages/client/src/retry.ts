import type { Millis } from "@tellonce/core"
import { backoffDelay, longestBackoff } from "./backoff.ts"
import type { Clock } from "./clock.ts"
import type { Outages } from "./outages.ts"
import type { Failure } from "./service.ts"

/** When to try again. It never gives up: an outage ends when the service answers. */
export interface Retry {
  /** Reports the failure, once per outage, and waits: as long as the service asked for, or longer each time. */
  wait(failure: Failure): Promise<void>
  succeeded(): void
  /** Ends a wait of our own choosing. False when the service has asked for one: that is kept. */
  nudge(): boolean
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
  let asked = false
  let closed = false
  const self: Retry = {
    async wait(failure) {
      if (closed) return
      outages.begin(self, failure)
      waiting = new AbortController()
      asked = failure.retryAfter !== undefined
      await sleep(delayOf(failure, failures++, chance()), waiting.signal)
      asked = false
    },
    succeeded() {
      failures = 0
      outages.end(self)
    },
    nudge() {
      if (!asked) waiting.abort()
      return !asked
    },
    close() {
      closed = true
      waiting.abort()
    },
  }
  return self
}

/** What was asked for is never cut short and at most a quarter longer; what a retry cannot mend is tried twice a minute. */
const delayOf = ({ retryAfter, status }: Failure, failures: number, chance: number): Millis => {
  if (retryAfter !== undefined) return Math.min(longestAsked, retryAfter * (1 + chance / 4))
  return status === undefined || isPassing(status) ? backoffDelay(failures, chance) : longestBackoff
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500
