import type { Millis } from "@tellonce/core"

/** Resolves after that time, or when the signal aborts. */
export const sleepFor = (time: Millis, signal: AbortSignal): Promise<void> =>
  new Promise((slept) => {
    if (signal.aborted) return slept()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", end)
      slept()
    }
    const timer = setTimeout(end, time)
    signal.addEventListener("abort", end)
  })
