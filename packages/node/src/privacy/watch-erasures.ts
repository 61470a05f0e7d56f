import type { ContextDefinition, ServiceStore } from "@tellonce/core"
import type { ErasureLedger } from "./erasure-ledger.ts"
import { sweepErased } from "./sweep-erased.ts"

/** What was known of some identities' erasures when something of theirs was about to be kept. */
export interface ErasureWatch {
  /** Per identity key the least epoch then. */
  readonly before: ReadonlyMap<string, number>
  /** Removes what was kept of whoever was erased since: their erasure may not have found it. Answers whether there was anybody. */
  sweepLate(): Promise<boolean>
}

export const watchErasures = async (
  {
    definition,
    store,
    ledger,
  }: { readonly definition: ContextDefinition; readonly store: ServiceStore; readonly ledger: ErasureLedger },
  keys: readonly string[],
): Promise<ErasureWatch> => {
  const before = await ledger.epochs(keys)
  return {
    before: new Map(keys.map((key, index) => [key, before[index] ?? 0])),
    async sweepLate() {
      const now = await ledger.epochs(keys)
      const late = keys.filter((_, index) => (now[index] ?? 0) > (before[index] ?? 0))
      if (late.length > 0) await sweepErased({ definition, store }, late)
      return late.length > 0
    },
  }
}
