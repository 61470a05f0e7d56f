import type { Millis } from "@tellonce/core"

export interface LaneOptions {
  /** Monotonic milliseconds. */
  readonly stopwatch: () => Millis
  /** Runs in the next turn of the event loop, after what has arrived by then was looked at; what is asked for several times, in its order. */
  readonly nextTurn: (run: () => void) => void
}

/** Work of several callers, begun a little at a time, so that what arrives meanwhile is answered or refused soon. */
export interface Lane {
  /** Begins the work now or in its turn. False when it would wait too long, or the caller has more than its share: refuse it. */
  enter(caller: string, work: () => void): boolean
}

/** One turn begins work for so long. What arrives in it has waited in its socket at least until its end. */
const slice: Millis = 10
/** And so many works at most, of those who wait: several, as whoever does the same thing again and again does it faster than by turns with others. */
const mostInTurn = 8
/** Waiting works of all callers: so many newcomers find room. */
const mostWaiting = 1_000
/** What would wait longer, at the pace at which work is begun now and with its caller taking turns with the others, is not let in. */
const longestWait: Millis = 200
/** So many may wait in all, whatever the pace: a burst of this size is nobody's attack. */
const leastWaiting = 128
/**
 * The pace is that of about so long. What begins many works that all wait for the same thing begins them fast, and is over much sooner
 * than what they need.
 */
const memory: Millis = 1_000

/** Callers take turns: one who sends a thousand waits for its own thousand, and nobody else does. */
export const createLane = ({ stopwatch, nextTurn }: LaneOptions): Lane => {
  /** In the order in which they are next. */
  const callers = new Map<string, (() => void)[]>()
  let waiting = 0
  let turnBegan: Millis | undefined
  /** Works begun in this turn. */
  let begun = 0
  /** While some wait: how long the turns took and how many works they began, the newest ones counting most. */
  let spent: Millis = 1
  let done = 1

  const beginTurn = () => {
    const [began, works] = [turnBegan, begun]
    turnBegan = undefined
    if (waiting === 0) return
    if (began !== undefined) learn(stopwatch() - began, works)
    beginNext()
  }
  const learn = (took: Millis, works: number) => {
    const kept = Math.exp(-took / memory)
    spent = spent * kept + took
    done = done * kept + works
  }
  /** In a callback of its own: what the last work has cost so far is seen before another is begun. */
  const beginAnother = () => {
    if (waiting > 0 && turnBegan !== undefined && stopwatch() - turnBegan <= slice) beginNext()
  }
  const beginNext = () => {
    const [next] = callers
    if (next === undefined) return
    const [caller, works] = next
    const work = works.shift()
    callers.delete(caller)
    if (works.length > 0) callers.set(caller, works)
    waiting -= 1
    if (work) begin(work)
  }
  const begin = (work: () => void) => {
    openTurn()
    begun += 1
    work()
  }
  /** Work ends after this function: what it cost is seen by those who come later in the same turn. */
  const openTurn = () => {
    if (turnBegan !== undefined) return
    turnBegan = stopwatch()
    begun = 0
    nextTurn(beginTurn)
    const more = Math.min(waiting, mostInTurn - 1)
    for (let at = 0; at < more; at++) nextTurn(beginAnother)
  }
  const mayWait = (works: readonly unknown[] | undefined): boolean =>
    waiting < mostWaiting &&
    (works === undefined || works.length * callers.size < Math.max((longestWait * done) / spent, leastWaiting))

  return {
    enter(caller, work) {
      const now = stopwatch()
      if (callers.size === 0 && now - (turnBegan ?? now) <= slice) {
        begin(work)
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
