import { hash as digest } from "node:crypto"
import type { Database } from "../connection/create-database.ts"
import { nameOf, type Place, placeOf } from "../place/place-of.ts"
import { trailStatements as sql } from "../sql/trail-statements.ts"

interface Note {
  readonly place: number
  readonly nonce: string
  readonly at: number
  readonly entry: string
}

/** Notes linked in one transaction. */
const most = 1_000

/** Appends the waiting notes of a chain to it, each hash over all before it. Any node may do it, one at a time. */
export const linkNotes = async (database: Database, chain: string): Promise<void> => {
  for (let taken = most; taken === most; ) taken = await linkPage(database, chain, placeOf(chain))
}

const linkPage = (database: Database, chain: string, place: Place): Promise<number> =>
  database.transaction([place.tenant], async (transaction) => {
    const at = [place.tenant, place.bucket, place.name]
    void transaction(sql.open, at)
    const heading = transaction<{ readonly seq: number; readonly hash: string | null }>(sql.head, at)
    const notes = [...(await transaction<Note>(sql.take, at))].sort(byPlace)
    const [head] = await heading
    if (notes.length === 0) return 0
    const records = linked(chain, notes, { seq: head?.seq ?? 0, hash: head?.hash ?? firstHash })
    void transaction(sql.append, [
      ...at,
      records.map(({ seq }) => seq),
      notes.map((note) => note.at),
      notes.map(({ entry }) => entry),
      records.map(({ hash }) => hash),
    ])
    const last = records.at(-1)
    void transaction(sql.moveHead, [...at, last?.seq, last?.hash])
    return notes.length
  })

const byPlace = (a: Note, b: Note): number => a.place - b.place || (a.nonce < b.nonce ? -1 : 1)

const firstHash = "0".repeat(64)

/** SHA-256 of the hash before it and the canonical note, whose entry is stored as its canonical text. */
const linked = (chain: string, notes: readonly Note[], head: { readonly seq: number; readonly hash: string }) => {
  let { seq, hash } = head
  return notes.map(({ at, entry }) => {
    seq += 1
    hash = digest("sha256", `${hash}{"at":${at},"chain":${JSON.stringify(chain)},"entry":${entry}}`, "hex")
    return { seq, hash }
  })
}

/** Every chain that has notes waiting. */
export const waitingChains = (database: Database): Promise<readonly string[]> =>
  database.transaction(["*"], async (transaction) =>
    (await transaction<{ readonly tenant: string; readonly name: string }>(sql.waiting)).map(nameOf),
  )
