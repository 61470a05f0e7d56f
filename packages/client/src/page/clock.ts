import type { Millis } from "@tellonce/core"

/** The machine's time: `wall` may jump, `monotonic` may not. */
export interface Clock {
  /** Epoch milliseconds as this machine believes them. */
  wall(): Millis
  /** Milliseconds since some fixed moment. */
  monotonic(): Millis
  /** Resolves after that long, or as soon as it is aborted. Absent: the machine's own timers. */
  sleep?(ms: Millis, signal: AbortSignal): Promise<void>
}

export const systemClock: Required<Clock> = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener("abort", done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener("abort", done)
      if (signal.aborted) done()
    }),
}
