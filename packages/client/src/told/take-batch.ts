import type { Held } from "./held.ts"

export interface BatchLimits {
  readonly signals: number
  readonly bytes: number
}

/** `{"signals":[]}` and a comma for each. */
export const batchFrame = 15

/** From the front of the queue what may go in one request: of one owner, within the limits, and at least one. */
export const takeBatch = (waiting: readonly Held[], { signals, bytes }: BatchLimits): readonly Held[] => {
  const owner = waiting[0]?.owner
  const batch: Held[] = []
  let total = batchFrame
  for (const one of waiting) {
    if (one.owner !== owner) continue
    total += one.bytes + 1
    if (batch.length === signals || (total > bytes && batch.length > 0)) break
    batch.push(one)
  }
  return batch
}
