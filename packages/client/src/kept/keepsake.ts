import type { Millis } from "@tellonce/core"
import type { Clock } from "../page/clock.ts"

/** Keeps what is known for the next page, at most once in a while: writing costs the same however much has changed. */
export interface Keepsake {
  /** It is other than it was. */
  touch(): void
  /** The page may go away. */
  save(): void
}

export interface KeepsakeOptions {
  readonly sleep: Required<Clock>["sleep"]
  /** Aborted: nothing is written any more. */
  readonly signal: AbortSignal
  readonly write: () => void
}

const rhythm: Millis = 1_000

export const createKeepsake = ({ sleep, signal, write }: KeepsakeOptions): Keepsake => {
  let isDue = false
  const save = () => {
    if (isDue && !signal.aborted) write()
    isDue = false
  }
  return {
    touch() {
      if (!isDue) void sleep(rhythm, signal).then(save)
      isDue = true
    },
    save,
  }
}
