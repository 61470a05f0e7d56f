import { type AuditRecord, type AuditTrail, canonical } from "@tellonce/core"
import { firstHash, hashNote } from "../store/audit-hash.ts"
import type { ChainHead } from "./export-heads.ts"
import { walkChain } from "./walk-chain.ts"

/**
 * `changed`: the record is not what was kept. `missing`: one before it is gone or they changed places. `truncated`: the chain ends before
 * an exported head. `replaced`: the chain is whole and not the one whose head was exported. `unreadable`: the store cannot give it.
 */
export interface AuditFault {
  readonly chain: string
  /** Where the first fault of the chain shows. */
  readonly seq: number
  readonly problem: "changed" | "missing" | "truncated" | "replaced" | "unreadable"
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly records: number
  /** The first of each chain. */
  readonly faults: readonly AuditFault[]
}

/** Computes every hash anew. Without `heads` a chain cut off at its end looks whole: pass the last that were exported. */
export const verifyAudit = async (
  store: AuditTrail,
  { heads = [] }: { readonly heads?: readonly ChainHead[] } = {},
): Promise<AuditVerdict> => {
  const chains = new Set([...(await store.chains()), ...heads.map(({ chain }) => chain)])
  const checked = []
  for (const chain of [...chains].sort()) {
    checked.push(
      await verifyChain(
        store,
        chain,
        heads.filter((head) => head.chain === chain),
      ),
    )
  }
  const faults = checked.flatMap(({ fault }) => fault ?? [])
  return { ok: faults.length === 0, records: checked.reduce((sum, { records }) => sum + records, 0), faults }
}

const verifyChain = async (
  store: AuditTrail,
  chain: string,
  heads: readonly ChainHead[],
): Promise<{ readonly records: number; readonly fault?: AuditFault }> => {
  const headAt = new Map(heads.map(({ seq, hash }) => [seq, hash]))
  let previous = { seq: 0, hash: firstHash }
  const fault = (seq: number, problem: AuditFault["problem"]) => ({
    records: previous.seq,
    fault: { chain, seq, problem },
  })
  try {
    for await (const record of walkChain(store, chain)) {
      if (record.seq !== previous.seq + 1) return fault(previous.seq + 1, "missing")
      if (!isOf(chain, record) || record.hash !== hashOf(previous.hash, record)) return fault(record.seq, "changed")
      if ((headAt.get(record.seq) ?? record.hash) !== record.hash) return fault(record.seq, "replaced")
      previous = record
    }
  } catch {
    return fault(previous.seq + 1, "unreadable")
  }
  const furthest = Math.max(0, ...headAt.keys())
  return furthest > previous.seq ? fault(previous.seq + 1, "truncated") : { records: previous.seq }
}

const hashOf = (previous: string, { entry, ...record }: AuditRecord): string =>
  hashNote(previous, { ...record, entry: canonical(entry) })

/** A tenant's part of a store gives its chains without the tenant's name; the hash covers the whole one. */
const isOf = (chain: string, record: AuditRecord): boolean =>
  record.chain === chain || record.chain.endsWith(`/${chain}`)
