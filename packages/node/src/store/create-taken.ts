import type { Addressed, LoggedSignal } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import { onceKey } from "./once-key.ts"

/** What tells signals apart. */
type Named = Pick<Addressed, "key" | "signal">

/** Which signals have been taken in lately: the newest whole, many more by a fingerprint. */
export interface Taken {
  /** A signal written not long ago, by its `onceKey`: what is sent again is mostly sent again soon. */
  signal(once: string): LoggedSignal | undefined
  /** Whether it may be in the file without being known whole. False for what never came, and for what came long ago. */
  mayHold(named: Named): boolean
  add(places: ReadonlyMap<string, LoggedSignal>): void
  forget(): void
}

const mostSignals = 10_000
/** A power of two: each fingerprint has one place, and the newest of those that share it stands there. */
const fingerprintPlaces = 2 ** 18

export const createTaken = (): Taken => {
  const signals = createBoundedMap<LoggedSignal>(mostSignals)
  // Its size never changes, and it is nothing the garbage collector looks into.
  const fingerprints = new Float64Array(fingerprintPlaces)
  return {
    signal: signals.get,
    mayHold(named) {
      const fingerprint = fingerprintOf(named)
      return fingerprints[placeOf(fingerprint)] === fingerprint && signals.get(onceKey(named)) === undefined
    },
    add(places) {
      for (const [once, logged] of places) {
        signals.set(once, logged)
        const fingerprint = fingerprintOf(logged)
        fingerprints[placeOf(fingerprint)] = fingerprint
      }
    },
    forget() {
      signals.clear()
      fingerprints.fill(0)
    },
  }
}

/** 53 bits made of what tells a signal apart: equal ones have equal ones, and of as many others as there are places about none has the same. */
const fingerprintOf = ({ key, signal: { source, id } }: Named): number => {
  let high = 0x811c9dc5
  let low = 0x2545f491
  for (const text of [id, source, key]) {
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      high = Math.imul(high ^ unit, 0x01000193)
      low = Math.imul((low << 5) ^ (low >>> 27) ^ unit, 0x5bd1e995)
    }
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11)
}

const placeOf = (fingerprint: number): number => fingerprint % fingerprintPlaces
