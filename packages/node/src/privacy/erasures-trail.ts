import type { AuditNote, AuditTrail, Millis } from "@tellonce/core"
import type { Erasure } from "./erasure-ledger.ts"

/** What the store itself remembers of erasures: a backup taken before one lacks its note, and that is how a restore is seen. */
const chain = "erasures"
const page = 1_000

export const toErasureNote = (erasures: readonly Erasure[], at: Millis): AuditNote => ({
  chain,
  at,
  entry: { action: "erased", erasures: erasures.map(({ subject, epoch }) => ({ subject, epoch })) },
})

/** Per subject the epoch of the last erasure that reached this store. */
export const erasuresIn = async (store: AuditTrail): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>()
  for (let after = 0; ; after += page) {
    const records = await store.audit({ chain, after, limit: page })
    for (const { subject, epoch } of records.flatMap(({ entry }) => entry.erasures as unknown as readonly Erasure[]))
      found.set(subject, Math.max(epoch, found.get(subject) ?? 0))
    if (records.length < page) return found
  }
}
