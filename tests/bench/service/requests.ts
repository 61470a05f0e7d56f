import type { Signal } from "@tellonce/core"
import { batchesOf, latestKinds } from "../workload.ts"

export const secret = "sk_bench_0123456789abcdef"

export const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" }

/** Batches of 20 signals of one customer each, 100 customers, as request bodies: lately said, and new in every round. */
export const bodiesOf = (requests: number, round: string): readonly string[] => {
  const batches = [...batchesOf({ kinds: latestKinds, customers: 100, signals: requests * 20 })].slice(0, requests)
  const newest = Math.max(...batches.flat().map(({ at }) => at))
  const shift = Date.now() - newest
  return batches.map((batch) => {
    const signals: readonly Signal[] = batch.map((signal) => ({
      ...signal,
      id: `${round}-${signal.id}`,
      at: signal.at + shift,
    }))
    return JSON.stringify({ signals })
  })
}
