import type { AuditNote, AuditTrail } from "@tellonce/core"
import { type ChainHead, chainNotes, type StoredRecord, toRecord } from "./chain-notes.ts"

interface Chain {
  readonly records: StoredRecord[]
  /** Notes that come after them. */
  readonly unlinked: AuditNote[]
}

/**
 * The audit trail of the memory store. `append` is for what must be kept together with an effect. Nobody but this process can change it, so
 * a chain is linked as far as somebody reads it.
 */
export const createMemoryTrail = (): AuditTrail & { append(notes: readonly AuditNote[]): void } => {
  const chains = new Map<string, Chain>()

  const append = (notes: readonly AuditNote[]) => {
    for (const note of notes) {
      const known = chains.get(note.chain)
      if (known) known.unlinked.push(note)
      else chains.set(note.chain, { records: [], unlinked: [note] })
    }
  }
  const linked = (chain: string, upTo: number): readonly StoredRecord[] => {
    const { records, unlinked } = chains.get(chain) ?? { records: [], unlinked: [] }
    const head: ChainHead = records.at(-1) ?? { chain, seq: 0, hash: undefined }
    const next = unlinked.splice(0, Math.max(0, upTo - records.length))
    for (const record of chainNotes(next, () => head)) records.push(record)
    return records
  }

  return {
    append,
    async note(notes) {
      append(notes)
    },
    audit: async ({ chain, after = 0, limit = 1_000 }) =>
      linked(chain, after + limit)
        .slice(after, after + limit)
        .map(toRecord),
    chains: async () => [...chains.keys()].sort(),
  }
}
