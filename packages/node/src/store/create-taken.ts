import type { Addressed, LoggedSignal, Signal } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { Found } from "./plan.ts"

/** Which signals have been taken in lately: the newest as they were written, many more by a fingerprint. */
export interface Taken {
  /** A signal written not long ago: what is sent again is mostly sent again soon. */
  recent(place: Place): Found | undefined
  /** Whether one that `recent` does not know may be in the file. False for what never came, and for what came very long ago. */
  mayHold(place: Place): boolean
  /** Each with its body as it was written. */
  add(added: readonly LoggedSignal[], bodies: readonly string[]): void
  forget(): void
}

/** Where a signal is kept: under its identity, by its source and its id. */
type Place = Pick<Addressed, "key" | "signal">

/** A text is one thing to the garbage collector, where the signal it says is a score. */
interface Written extends Found {
  readonly key: string
  readonly body: string
}

/** Characters of all bodies. */
const mostText = 4 * 1024 * 1024
/** A short one counts as so many: where it is kept fills memory, too. */
const leastText = 256
const mostFingerprints = 40_000

export const createTaken = (): Taken => {
  const bodies = createBoundedMap<Written, number>(mostText, ({ body }) => Math.max(body.length, leastText))
  const fingerprints = createBoundedMap<true, number>(mostFingerprints)
  const recall = (place: Place, fingerprint: number) => {
    const one = bodies.get(fingerprint)
    return one !== undefined && isSame(one, place) ? one : undefined
  }
  return {
    recent: (place) => recall(place, fingerprintOf(place)),
    mayHold(place) {
      const fingerprint = fingerprintOf(place)
      return fingerprints.get(fingerprint) !== undefined && recall(place, fingerprint) === undefined
    },
    add(added, texts) {
      for (const [index, logged] of added.entries()) {
        const fingerprint = fingerprintOf(logged)
        bodies.set(fingerprint, { seq: logged.seq, key: logged.key, body: texts[index] ?? "" })
        fingerprints.set(fingerprint, true)
      }
    },
    forget() {
      bodies.clear()
      fingerprints.clear()
    },
  }
}

const isSame = ({ key, body }: Written, place: Place): boolean => {
  if (key !== place.key) return false
  const { id, source } = JSON.parse(body) as Signal
  return id === place.signal.id && source === place.signal.source
}

/** 30 bits, which the machine keeps in a word: equal places have equal ones, and of some 10,000 new signals one has that of another. */
const fingerprintOf = ({ key, signal: { id, source } }: Place): number =>
  mix(mix(mix(0x811c9dc5, id), source), key) >>> 2

const mix = (seed: number, text: string): number => {
  let mixed = seed
  for (let index = 0; index < text.length; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  return mixed
}
