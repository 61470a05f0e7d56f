import type { Millis } from "@tellonce/core"
import type { Clock } from "../page/clock.ts"

/** Notices a connection that is open and dead: no error ever comes from one. */
export interface SilenceWatch {
  /** There was a sign of life. */
  heard(): void
  stop(): void
}

export const createSilenceWatch = (
  sleep: Required<Clock>["sleep"],
  patience: Millis,
  onSilence: () => void,
): SilenceWatch => {
  let wait = new AbortController()
  const listen = async (current: AbortController) => {
    await sleep(patience, current.signal)
    if (!current.signal.aborted) onSilence()
  }
  void listen(wait)
  return {
    heard() {
      if (wait.signal.aborted) return
      wait.abort()
      wait = new AbortController()
      void listen(wait)
    },
    stop: () => wait.abort(),
  }
}
