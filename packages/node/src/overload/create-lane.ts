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
/** Waiting works of all callers. Beyond half of it nobody may have more than an equal share. */
const mostWaiting = 1_000
/** A caller whose first work has waited this long gets no more in. */
const longestWait: Millis = 400

interface Waiting {
  readonly since: Millis
  readonly work: () => void
}

/** Callers take turns: one who sends a thousand waits for its own thousand, and nobody else does. */
export const createLane = ({ stopwatch, nextTurn }: LaneOptions): Lane => {
  /** In the order in which they are next. */
  const callers = new Map<string, Waiting[]>()
  let waiting = 0
  let turnBegan: Millis | undefined

  const beginTurn = () => {
    turnBegan = undefined
    const [next] = callers
    if (next === undefined) return
    const [caller, works] = next
    const first = works.shift()
    callers.delete(caller)
    if (works.length > 0) callers.set(caller, works)
    waiting -= 1
    openTurn()
    first?.work()
  }
  /** Work ends after this function: what it cost is seen by those who come later in the same turn. */
  const openTurn = () => {
    if (turnBegan !== undefined) return
    turnBegan = stopwatch()
    nextTurn(beginTurn)
  }
  const mayWait = (works: readonly Waiting[] | undefined, now: Millis): boolean => {
    if (waiting >= mostWaiting) return false
    const [first] = works ?? []
    if (works === undefined || first === undefined) return true
    if (now - first.since > longestWait) return false
    return waiting < mostWaiting / 2 || works.length < waiting / callers.size
  }

  return {
    enter(caller, work) {
      const now = stopwatch()
      if (callers.size === 0 && now - (turnBegan ?? now) <= slice) {
        openTurn()
        work()
        return true
      }
      const works = callers.get(caller)
      if (!mayWait(works, now)) return false
      if (works) works.push({ since: now, work })
      else callers.set(caller, [{ since: now, work }])
      waiting += 1
      return true
    },
  }
}
