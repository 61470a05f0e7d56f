import type { Millis } from "@tellonce/core"

/** How long the header asks to wait: seconds, or a date in the service's time. Undefined when it names no wait. */
export const parseRetryAfter = (header: string | null, now: Millis): Millis | undefined => {
  if (header === null || header.trim() === "") return undefined
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return wait > 0 && Number.isFinite(wait) ? wait : undefined
}
