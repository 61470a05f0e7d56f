import type { LoggedSignal } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"

/** Which signals have been taken in lately, by their `onceKey`: the newest whole, many more by a fingerprint. */
export interface Taken {
  /** A signal written not long ago: what is sent again is mostly sent again soon. */
  signal(once: string): LoggedSignal | undefined
  /** Whether one that `signal` does not know may be in the file. False for what never came, and for what came very long ago. */
  mayHold(once: string): boolean
  add(places: ReadonlyMap<string, LoggedSignal>): void
  forget(): void
}

const mostSignals = 10_000
const mostFingerprints = 40_000

export const createTaken = (): Taken => {
  const signals = createBoundedMap<LoggedSignal>(mostSignals)
  const fingerprints = createBoundedMap<true, number>(mostFingerprints)
  return {
    signal: signals.get,
    mayHold: (once) => fingerprints.get(fingerprintOf(once)) !== undefined && signals.get(once) === undefined,
    add(places) {
      for (const [once, logged] of places) {
        signals.set(once, logged)
        fingerprints.set(fingerprintOf(once), true)
      }
    },
    forget() {
      signals.clear()
      fingerprints.clear()
    },
  }
}

/** 53 bits made of a `onceKey`: equal keys have equal ones, and of as many others as are known about none has the same. */
const fingerprintOf = (once: string): number => {
  let high = 0x811c9dc5
  let low = 0x2545f491
  for (let index = 0; index < once.length; index++) {
    const unit = once.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul((low << 5) ^ (low >>> 27) ^ unit, 0x5bd1e995)
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11)
}
