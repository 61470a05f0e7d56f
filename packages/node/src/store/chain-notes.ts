import { type AuditNote, type AuditRecord, canonical } from "@tellonce/core"
import { firstHash, hashNote } from "./audit-hash.ts"

/** The last record of a chain; `hash` is undefined where there is none. */
export interface ChainHead {
  readonly chain: string
  readonly seq: number
  readonly hash: string | undefined
}

/** A record as it is stored: its entry as the text that was hashed. */
export type StoredRecord = Omit<AuditRecord, "entry"> & { readonly entry: string }

/** The notes in their chains, one linked to the next, in the order given. */
export const chainNotes = (notes: readonly AuditNote[], heads: readonly ChainHead[]): readonly StoredRecord[] => {
  const ends = new Map(heads.map(({ chain, seq, hash }) => [chain, { seq, hash: hash ?? firstHash }]))
  return notes.map((note) => {
    const end = ends.get(note.chain) ?? { seq: 0, hash: firstHash }
    const place = { seq: end.seq + 1, hash: hashNote(end.hash, note) }
    ends.set(note.chain, place)
    return { chain: note.chain, at: note.at, entry: canonical(note.entry), ...place }
  })
}

export const chainsOf = (notes: readonly AuditNote[]): readonly string[] => [
  ...new Set(notes.map(({ chain }) => chain)),
]
