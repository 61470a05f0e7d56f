import type { Millis } from "@tellonce/core"
import type { Clock } from "./clock.ts"

/** The service's time, as well as this machine can know it. */
export interface ServerClock {
  now(): Millis
  /** The time of a statement made now: never less than the stamp before it, whatever the wall clock does. */
  stamp(): Millis
  /**
   * Takes the `now` of an answer. Says by how much the very first guess was wrong, so that what was stamped by it can be moved;
   * 0 from then on. The way back of the answer is not added: late by a little is safe, for the service lets nobody be early.
   */
  learn(told: unknown): Millis
}

/** Until the first answer the wall clock is the best guess; after it only the monotonic clock counts on. */
export const createServerClock = ({ wall, monotonic }: Clock): ServerClock => {
  let told = wall()
  let since = monotonic()
  let learnt = false
  let last = 0
  const now = () => Math.floor(told + monotonic() - since)
  return {
    now,
    stamp() {
      last = Math.max(last, now())
      return last
    },
    learn(answered) {
      if (!isTime(answered)) return 0
      const wrongBy = learnt ? 0 : Math.floor(answered) - now()
      told = answered
      since = monotonic()
      last = Math.max(0, last + wrongBy)
      learnt = true
      return wrongBy
    },
  }
}

const isTime = (told: unknown): told is Millis => Number.isFinite(told) && Number(told) >= 0
