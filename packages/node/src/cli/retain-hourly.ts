import type { Millis } from "@tellonce/core"
import type { Tellonce } from "../tellonce.ts"

const hour: Millis = 3_600_000

/** Removes at once, and every hour from then on, what may no longer be kept. A failure is told and the next hour tries again. Answers how to end it. */
export const retainHourly = (
  { retain }: Pick<Tellonce, "retain">,
  onError: (error: unknown) => void = warn,
): (() => void) => {
  let ended = false
  let isRunning = false
  const round = async () => {
    if (isRunning) return
    isRunning = true
    try {
      await retain()
    } catch (thrown) {
      // The end closes the store under a round that runs; what it has not removed, the next start does.
      if (!ended) onError(thrown)
    } finally {
      isRunning = false
    }
  }
  const timer = setInterval(round, hour)
  timer.unref()
  void round()
  return () => {
    ended = true
    clearInterval(timer)
  }
}

const warn = (error: unknown) => process.emitWarning(error instanceof Error ? error : new Error("Retention failed."))
