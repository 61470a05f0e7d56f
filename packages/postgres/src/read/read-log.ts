import type { LoggedSignal, LogQuery, Signal } from "@tellonce/core"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, nameOf, placeOf } from "../place/place-of.ts"
import { signalStatements as sql } from "../sql/signal-statements.ts"

interface Row extends Omit<LoggedSignal, "signal" | "key"> {
  readonly tenant: string
  readonly name: string
  readonly body: string
}

/** What the log holds of these keys after a place, in order. A few more than the limit where several are at the last place. */
export const readLog = async (
  transaction: Transaction,
  { keys, after = 0, limit = 1_000 }: LogQuery,
): Promise<readonly LoggedSignal[]> => {
  const rows = await transaction<Row>(sql.log, [...columnsOf([...new Set(keys)].map(placeOf)), after, limit])
  return rows.map(({ seq, received, body, ...place }) => ({
    seq,
    key: nameOf(place),
    received,
    signal: JSON.parse(body) as Signal,
  }))
}
