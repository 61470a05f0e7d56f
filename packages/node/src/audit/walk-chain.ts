import type { AuditRecord, AuditTrail } from "@tellonce/core"

const page = 1_000

/** All records of a chain in order, a page at a time. */
export async function* walkChain(
  store: Pick<AuditTrail, "audit">,
  chain: string,
  after = 0,
): AsyncGenerator<AuditRecord> {
  for (let from = after; ; ) {
    const records = await store.audit({ chain, after: from, limit: page })
    yield* records
    const last = records.at(-1)
    if (last === undefined || records.length < page) return
    from = last.seq
  }
}
