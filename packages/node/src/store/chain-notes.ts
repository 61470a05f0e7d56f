import { type AuditNote, type AuditRecord, canonical, type Json } from "@tellonce/core"
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
export const chainNotes = (
  notes: readonly AuditNote[],
  headOf: (chain: string) => ChainHead,
): readonly StoredRecord[] => {
  const ends = new Map<string, ChainHead>()
  return notes.map(({ chain, at, entry: said }) => {
    const { seq, hash = firstHash } = ends.get(chain) ?? headOf(chain)
    const entry = canonical(said)
    const record = { chain, seq: seq + 1, at, entry, hash: hashNote(hash, { chain, at, entry }) }
    ends.set(chain, record)
    return record
  })
}

/** The heads of these, by their chains; a chain that is not among them has none. */
export const headsIn = (heads: readonly ChainHead[]): ((chain: string) => ChainHead) => {
  const known = new Map(heads.map((head) => [head.chain, head]))
  return (chain) => known.get(chain) ?? { chain, seq: 0, hash: undefined }
}

export const chainsOf = (notes: readonly AuditNote[]): readonly string[] => [
  ...new Set(notes.map(({ chain }) => chain)),
]

export const toRecord = ({ entry, ...record }: StoredRecord): AuditRecord => ({
  ...record,
  entry: JSON.parse(entry) as Readonly<Record<string, Json>>,
})
