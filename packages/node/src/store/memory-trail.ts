import type { AuditNote, AuditTrail } from "@tellonce/core"
import { type ChainHead, chainNotes, type StoredRecord, toRecord } from "./chain-notes.ts"

/** The audit trail of the memory store. `append` is for what must be kept together with an effect. */
export const createMemoryTrail = (): AuditTrail & { append(notes: readonly AuditNote[]): void } => {
  const chains = new Map<string, StoredRecord[]>()
  const headOf = (chain: string): ChainHead => chains.get(chain)?.at(-1) ?? { chain, seq: 0, hash: undefined }

  const append = (notes: readonly AuditNote[]) => {
    for (const record of chainNotes(notes, headOf)) {
      const records = chains.get(record.chain)
      if (records) records.push(record)
      else chains.set(record.chain, [record])
    }
  }

  return {
    append,
    async note(notes) {
      append(notes)
    },
    audit: async ({ chain, after = 0, limit = 1_000 }) =>
      (chains.get(chain) ?? []).slice(after, after + limit).map(toRecord),
    chains: async () => [...chains.keys()].sort(),
  }
}
