import type { AuditNote, AuditRecord, AuditTrail, Millis } from "@tellonce/core"
import { walkChain } from "../audit/walk-chain.ts"
import type { Erasure } from "./erasure-ledger.ts"

/** What the store itself remembers of erasures: a backup taken before one lacks its note, and that is how a restore is seen. */
export const erasuresChain = "erasures"

export const toErasureNote = (erasures: readonly Erasure[], at: Millis): AuditNote => ({
  chain: erasuresChain,
  at,
  entry: { action: "erased", erasures: erasures.map(({ subject, epoch }) => ({ subject, epoch })) },
})

export const erasuresIn = ({ entry }: Pick<AuditRecord, "entry">): readonly Erasure[] =>
  entry.erasures as unknown as readonly Erasure[]

/** Per subject the epoch of the last erasure that reached this store. */
export const allErasuresIn = async (store: AuditTrail): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>()
  for await (const record of walkChain(store, erasuresChain)) {
    for (const { subject, epoch } of erasuresIn(record)) found.set(subject, Math.max(epoch, found.get(subject) ?? 0))
  }
  return found
}
