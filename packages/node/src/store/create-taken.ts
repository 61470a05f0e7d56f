import type { Addressed, LoggedSignal } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"

/** Which signals have been taken in lately: the newest whole, many more by a fingerprint. */
export interface Taken {
  /** A signal written not long ago: what is sent again is mostly sent again soon. */
  signal(place: Place): LoggedSignal | undefined
  /** Whether one that `signal` does not know may be in the file. False for what never came, and for what came very long ago. */
  mayHold(place: Place): boolean
  /** Each with its body as it was written. */
  add(added: readonly LoggedSignal[], bodies: readonly string[]): void
  forget(): void
}

/** Where a signal is kept: under its identity, by its source and its id. */
type Place = Pick<Addressed, "key" | "signal">

const mostSignals = 10_000
/** Characters of a body. Of a longer one the fingerprint is enough: ten thousand such signals would fill the memory. */
const longestWhole = 1_024
const mostFingerprints = 40_000

export const createTaken = (): Taken => {
  const signals = createBoundedMap<LoggedSignal, number>(mostSignals)
  const fingerprints = createBoundedMap<true, number>(mostFingerprints)
  const recall = (place: Place, fingerprint: number) => {
    const one = signals.get(fingerprint)
    return one !== undefined && isSame(one, place) ? one : undefined
  }
  return {
    signal: (place) => recall(place, fingerprintOf(place)),
    mayHold(place) {
      const fingerprint = fingerprintOf(place)
      return fingerprints.get(fingerprint) !== undefined && recall(place, fingerprint) === undefined
    },
    add(added, bodies) {
      for (const [index, logged] of added.entries()) {
        const fingerprint = fingerprintOf(logged)
        if ((bodies[index]?.length ?? 0) <= longestWhole) signals.set(fingerprint, logged)
        fingerprints.set(fingerprint, true)
      }
    },
    forget() {
      signals.clear()
      fingerprints.clear()
    },
  }
}

const isSame = (one: Place, other: Place): boolean =>
  one.signal.id === other.signal.id && one.key === other.key && one.signal.source === other.signal.source

/** 30 bits, which the machine keeps in a word: equal places have equal ones, and of some 10,000 new signals one has that of another. */
const fingerprintOf = ({ key, signal: { id, source } }: Place): number =>
  mix(mix(mix(0x811c9dc5, id), source), key) >>> 2

const mix = (seed: number, text: string): number => {
  let mixed = seed
  for (let index = 0; index < text.length; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  return mixed
}
