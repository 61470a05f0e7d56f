import type { Signal, StoredContext } from "@tellonce/core"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, nameOf, placeOf } from "../place/place-of.ts"
import { signalStatements as sql } from "../sql/signal-statements.ts"

interface Row {
  readonly tenant: string
  readonly name: string
  readonly seq: number
  readonly encoded: string | null
  readonly bodies: readonly string[]
}

/** What is kept of these keys, in their order. */
export const readContexts = async (
  transaction: Transaction,
  keys: readonly string[],
): Promise<readonly StoredContext[]> => {
  const rows = await transaction<Row>(sql.read, columnsOf([...new Set(keys)].map(placeOf)))
  const found = new Map(rows.map((row) => [nameOf(row), row]))
  return keys.map((key) => {
    const { seq = 0, encoded, bodies = [] } = found.get(key) ?? {}
    return { key, seq, encoded: encoded ?? undefined, tail: bodies.map((body) => JSON.parse(body) as Signal) }
  })
}
