import type { Millis } from "@tellonce/core"

/** How long the header asks to wait: seconds, or a date in the service's time. Undefined when it names no wait. */
export const parseRetryAfter = (header: string | null, now: Millis): Millis | undefined => {
  const seconds = Number(header || Number.NaN)
  const wait = Number.isNaN(seconds) ? Date.parse(header ?? "") - now : seconds * 1_000
  return wait > 0 && Number.isFinite(wait) ? wait : undefined
}
