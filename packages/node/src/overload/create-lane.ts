import type { Millis } from "@tellonce/core"

export interface LaneOptions {
  /** Monotonic milliseconds. */
  readonly stopwatch: () => Millis
  /** Runs in the next turn of the event loop, after what has arrived by then was looked at. */
  readonly nextTurn: (run: () => void) => void
}

/** Work of several callers, begun a little at a time, so that what arrives meanwhile is answered or refused soon. */
export interface Lane {
  /** Begins the work now or in its turn. False when it would wait too long, or the caller has more than its share: refuse it. */
  enter(caller: string, work: () => void): boolean
}

/** One turn begins work for so long. What arrives in it has waited in its socket at least until its end. */
const slice: Millis = 10
/** Waiting works of all callers: so many newcomers find room. */
const mostWaiting = 1_000
/** What would wait longer, at the pace at which work is begun now and with its caller taking turns with the others, is not let in. */
const longestWait: Millis = 200
/** So many may wait in all, whatever the pace: a burst of this size is nobody's attack. */
const leastWaiting = 128
/** Of the pace, how much the newest interval counts. */
const newest = 1 / 8

/** Callers take turns: one who sends a thousand waits for its own thousand, and nobody else does. */
export const createLane = ({ stopwatch, nextTurn }: LaneOptions): Lane => {
  /** In the order in which they are next. */
  const callers = new Map<string, (() => void)[]>()
  let waiting = 0
  let turnBegan: Millis | undefined
  /** Milliseconds from one work's beginning to the next one's, while some wait. */
  let pace: Millis = 1
  let lastBegan: Millis | undefined

  const beginTurn = () => {
    turnBegan = undefined
    const [next] = callers
    if (next === undefined) return
    const [caller, works] = next
    const work = works.shift()
    callers.delete(caller)
    if (works.length > 0) callers.set(caller, works)
    waiting -= 1
    learnPace(stopwatch())
    openTurn()
    work?.()
  }
  const learnPace = (now: Millis) => {
    if (lastBegan !== undefined) pace += (now - lastBegan - pace) * newest
    // Of an interval in which nothing waits there is nothing to learn.
    lastBegan = waiting > 0 ? now : undefined
  }
  /** Work ends after this function: what it cost is seen by those who come later in the same turn. */
  const openTurn = () => {
    if (turnBegan !== undefined) return
    turnBegan = stopwatch()
    nextTurn(beginTurn)
  }
  const mayWait = (works: readonly unknown[] | undefined): boolean =>
    waiting < mostWaiting &&
    (works === undefined || works.length * callers.size < Math.max(longestWait / pace, leastWaiting))

  return {
    enter(caller, work) {
      const now = stopwatch()
      if (callers.size === 0 && now - (turnBegan ?? now) <= slice) {
        openTurn()
        work()
        return true
      }
      const works = callers.get(caller)
      if (!mayWait(works)) return false
      if (works) works.push(work)
      else callers.set(caller, [work])
      waiting += 1
      return true
    },
  }
}
