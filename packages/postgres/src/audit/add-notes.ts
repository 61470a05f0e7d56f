import { type AuditNote, canonical } from "@tellonce/core"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, placeOf } from "../place/place-of.ts"
import { trailStatements as sql } from "../sql/trail-statements.ts"

/** Leaves notes for their chains, in the transaction of what they tell of. It locks nothing: writers of one chain do not wait for each other. */
export const addNotes = (transaction: Transaction, notes: readonly AuditNote[]): void => {
  if (notes.length === 0) return
  void transaction(sql.add, [
    ...columnsOf(notes.map(({ chain }) => placeOf(chain))),
    notes.map(({ at }) => at),
    notes.map(({ entry }) => canonical(entry)),
  ])
}
