import type { ContextDefinition, Millis, ServiceStore } from "@tellonce/core"
import { walkKeys } from "../walk-store.ts"
import type { Erasure, ErasureLedger } from "./erasure-ledger.ts"
import { allErasuresIn, toErasureNote } from "./erasures-trail.ts"
import { sweepErased } from "./sweep-erased.ts"

export interface Replay {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly ledger: ErasureLedger
  readonly clock: () => Millis
}

/**
 * Makes the store and the ledger agree, before anything is served: whoever the ledger says was erased and a restored backup brought back is
 * erased again, and a ledger that was lost is filled from the store. Answers how many identities were erased again.
 */
export const replayErasures = async ({ definition, store, ledger, clock }: Replay): Promise<number> => {
  const [inStore, inLedger] = [await allErasuresIn(store), await ledger.entries()]
  await ledger.keep([...inStore].map(([subject, epoch]) => ({ subject, epoch })))
  const missing = new Map(
    inLedger
      .filter(({ subject, epoch }) => (inStore.get(subject) ?? 0) < epoch)
      .map((erasure): [string, Erasure] => [erasure.subject, erasure]),
  )
  if (missing.size === 0) return 0
  let again = 0
  for await (const keys of walkKeys(store)) {
    const back = keys.filter((key) => ledger.subjectsOf(key).some((subject) => missing.has(subject)))
    // Its note comes with all others at the end: a replay that is cut off begins again.
    if (back.length > 0) await sweepErased({ definition, store }, back)
    again += back.length
  }
  await store.note([toErasureNote([...missing.values()], clock())])
  return again
}
