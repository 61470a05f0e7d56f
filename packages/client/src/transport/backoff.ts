import type { Millis } from "@tellonce/core"

const first: Millis = 1_000
/** No wait of our own choosing is longer. */
export const longestBackoff: Millis = 30_000

/** Twice as long each time, and between half and all of it, so that many clients do not come back at once. `chance` is 0..1. */
export const backoffDelay = (failures: number, chance: number): Millis =>
  Math.min(longestBackoff, first * 2 ** failures) * (0.5 + chance / 2)
