import { type Duration, parseDuration } from "../duration.ts"
import { TellonceError } from "../errors.ts"
import type { Millis } from "../stamp.ts"

/** So many times within so long. */
export interface Line {
  readonly times: number
  readonly within: Millis
}

export const parseLine = (times: number, within: Duration): Line => {
  if (!Number.isSafeInteger(times) || times < 1) {
    throw new TellonceError("tell/times", `A tell shows after a whole number of times, from 1; not after ${times}.`)
  }
  return { times, within: parseDuration(within) }
}

/**
 * Answers for each hit, in order of time, whether the line is crossed with it: the last `times` hits of this kind lie within the time, and
 * so they did not at the hit before. A burst crosses once however long it goes on, and again after it has paused for longer than `within`
 * or slowed down. What it answers follows from the hits of the last 2 × `within`.
 */
export const createCrossings = ({ times, within }: Line): ((kind: string, at: Millis) => boolean) => {
  const last = new Map<string, { readonly hits: readonly Millis[]; readonly isBeyond: boolean }>()
  return (kind, at) => {
    const before = last.get(kind)
    const hits = [...(before?.hits ?? []), at].slice(-times)
    const isBeyond = hits.length === times && at - (hits[0] ?? at) <= within
    last.set(kind, { hits, isBeyond })
    const wasBeyond = before?.isBeyond === true && at - (before.hits.at(-1) ?? at) <= within
    return isBeyond && !wasBeyond
  }
}
