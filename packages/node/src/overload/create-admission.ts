import type { Millis } from "@tellonce/core"

export interface AdmissionOptions {
  /** What waits for the store now, and how long the oldest of it has waited. */
  readonly backlog: () => { readonly waiting: number; readonly oldest: Millis }
  /** Monotonic milliseconds. */
  readonly stopwatch: () => Millis
  /** Runs when this turn of the event loop has ended. */
  readonly afterTurn: (run: () => void) => void
}

/** Would whoever calls now only wait? Asked before any work is done. */
export type Admission = () => boolean

/** Calls that may wait for the store at a time. */
const mostWaiting = 1_000
/** When the oldest call has waited this long and many stand behind it, new ones would wait longer. */
const longestWait: Millis = 250
/** So few are waited for, however long: a disk that is slow for once is no overload, and one that hangs holds up no more than these. */
const fewWaiting = 32
/** When one turn of the event loop has worked this long, its other requests have waited as long in their sockets. */
const longestTurn: Millis = 500

/**
 * Refuses early what would be answered too late. It looks at what has been taken in and not been answered by the store, and not at
 * requests in flight: a thousand slow uploads cost no work and must not lock the others out.
 */
export const createAdmission = ({ backlog, stopwatch, afterTurn }: AdmissionOptions): Admission => {
  let turnBegan: Millis | undefined
  const turnAge = () => {
    const now = stopwatch()
    if (turnBegan === undefined) {
      turnBegan = now
      afterTurn(() => {
        turnBegan = undefined
      })
    }
    return now - turnBegan
  }
  return () => {
    const age = turnAge()
    const { waiting, oldest } = backlog()
    const isSlow = oldest > longestWait && waiting > fewWaiting
    return waiting >= mostWaiting || isSlow || age > longestTurn
  }
}
