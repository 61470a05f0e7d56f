import type { AuditNote, AuditRecord, AuditTrail } from "@tellonce/core"
import { firstHash, hashNote } from "./audit-hash.ts"

/** The audit trail of the memory store. `append` is for what must be kept together with an effect. */
export const createMemoryTrail = (): AuditTrail & { append(notes: readonly AuditNote[]): void } => {
  const chains = new Map<string, AuditRecord[]>()

  const append = (notes: readonly AuditNote[]) => {
    for (const note of notes) {
      const records = chains.get(note.chain) ?? []
      const hash = hashNote(records.at(-1)?.hash ?? firstHash, note)
      records.push({ ...note, seq: records.length + 1, hash })
      chains.set(note.chain, records)
    }
  }

  return {
    append,
    async note(notes) {
      append(notes)
    },
    audit: async ({ chain, after = 0, limit = 1_000 }) => (chains.get(chain) ?? []).slice(after, after + limit),
    chains: async () => [...chains.keys()].sort(),
  }
}
