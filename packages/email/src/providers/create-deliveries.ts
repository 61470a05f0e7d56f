import type { Millis } from "@tellonce/core"
import type { Deliveries } from "./receive-mail.ts"

const most = 100_000

/** Deliveries kept in memory: for one process, whose crash leaves none of them half taken. Of the longest known, those over 100,000 are let go. */
export const createDeliveries = (clock: () => Millis): Deliveries => {
  const ends = new Map<string, Millis>()
  return {
    async once(name, until) {
      const isFirst = (ends.get(name) ?? 0) <= clock()
      if (!isFirst) return false
      ends.delete(name)
      ends.set(name, until)
      const [oldest] = ends.keys()
      if (ends.size > most && oldest !== undefined) ends.delete(oldest)
      return true
    },
    async release(name) {
      ends.delete(name)
    },
  }
}
