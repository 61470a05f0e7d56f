import type { ContextDefinition, Millis, ServiceStore } from "@tellonce/core"
import type { Erasure, ErasureLedger } from "./erasure-ledger.ts"
import { allErasuresIn, toErasureNote } from "./erasures-trail.ts"
import { sweepErased } from "./sweep-erased.ts"

export interface Replay {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly ledger: ErasureLedger
  readonly clock: () => Millis
}

const page = 1_000

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
  for (let after: string | undefined = ""; after !== undefined; ) {
    const keys: readonly string[] = await store.keys({ after, limit: page })
    const back = keys.filter((key) => ledger.subjectsOf(key).some((subject) => missing.has(subject)))
    // Its note comes with all others at the end: a replay that is cut off begins again.
    if (back.length > 0) await sweepErased({ definition, store }, back)
    again += back.length
    after = keys.length < page ? undefined : keys.at(-1)
  }
  await store.note([toErasureNote([...missing.values()], clock())])
  return again
}
