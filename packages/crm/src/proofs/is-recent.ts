import type { Millis } from "@tellonce/core"

/** How old a proof may be; and how far ahead of us its maker's clock. */
export const proofWindow: Millis = 5 * 60_000

/** Was it made within the window? What has no time is not recent. */
export const isRecent = (made: unknown, now: Millis, within: Millis = proofWindow): boolean =>
  typeof made === "number" && Number.isFinite(made) && Math.abs(now - made) <= within
