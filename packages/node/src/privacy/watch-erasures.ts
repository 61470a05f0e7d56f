import { type ContextDefinition, identityKey, type ServiceStore } from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { ErasureLedger } from "./erasure-ledger.ts"
import { sweepErased } from "./sweep-erased.ts"

/** What was known of some identities' erasures when something of theirs was about to be kept. */
export interface ErasureWatch {
  /** Per identity key the least epoch then, as far as it was known here or to the caller's token. */
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
  principal: Principal,
): Promise<ErasureWatch> => {
  const epochs = await ledger.epochs(keys)
  // A token may know of an erasure that is not known here yet.
  const own = "identity" in principal ? identityKey(principal.identity) : undefined
  const least = own !== undefined && "epoch" in principal ? principal.epoch : 0
  const before = new Map(keys.map((key, index) => [key, Math.max(epochs[index] ?? 0, key === own ? least : 0)]))
  return {
    before,
    async sweepLate() {
      const now = await ledger.epochs(keys)
      const late = keys.filter((key, index) => (now[index] ?? 0) > (before.get(key) ?? 0))
      if (late.length > 0) await sweepErased({ definition, store }, late)
      return late.length > 0
    },
  }
}
