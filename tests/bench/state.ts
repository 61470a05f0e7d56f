/** What contexts cost to hold and to rewrite, as a store does with every batch. */
import { applySignals, decodeContext, encodeContext } from "@tellonce/core"
import { tellonce } from "./contenders.ts"
import { contextOf } from "./history.ts"
import { collectGarbage, spreadOf, timeOf } from "./measure.ts"
import { batchesOf, definitionOf, type Kinds } from "./workload.ts"

const customers = 500

/** Bytes of heap for each customer with some 200 signals behind them. */
export const bytesPerCustomer = (kinds: Kinds): number => {
  // Once for nothing: what was on the heap before is gone when it counts.
  contextsOf(kinds)
  collectGarbage()
  const before = heapUsed()
  const contexts = contextsOf(kinds)
  const bytes = heapUsed() - before
  return contexts === undefined ? Number.NaN : Math.round(bytes / customers)
}

/** In a frame of its own, so that nothing but the contexts outlives it. */
const contextsOf = (kinds: Kinds): unknown => {
  const batches = [...batchesOf({ kinds, customers, signals: customers * 200 })].map((batch) => JSON.stringify(batch))
  return tellonce(definitionOf(kinds))(batches.map((batch) => JSON.parse(batch)))
}

const heapUsed = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Microseconds to decode a grown context, apply a batch of 20 and encode it again: the best of many. */
export const rewriteTime = (kinds: Kinds): number => {
  const definition = definitionOf(kinds)
  const batches = [...batchesOf({ kinds, customers: 1, signals: 20_000 })]
  const encoded = encodeContext(contextOf(definition, batches.slice(0, -50)))
  const rewrite = () => {
    for (const batch of batches.slice(-50)) encodeContext(applySignals(decodeContext(definition, encoded), batch))
  }
  return (spreadOf(Array.from({ length: 15 }, () => timeOf(rewrite))).min * 1_000) / 50
}
