import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"

export interface Counters {
  /** Rows of the log that were ever inserted. */
  readonly signals: number
  /** Transactions that were committed and wrote to the log, about: those of the statistics themselves are few. */
  readonly transactions: number
  readonly documentLength: number
}

/** What the database counts by itself. Its processes report once a second. */
export const readCounters = async (url: string): Promise<Counters> => {
  await pause(1_500)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<keyof Counters, string>>(`
      SELECT (SELECT sum(n_tup_ins) FROM pg_stat_user_tables WHERE relname ~ '^signal_') AS signals,
        (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS transactions,
        (SELECT avg(length(document)) FROM tellonce.context) AS "documentLength"`)
    const [row] = rows
    const { signals, transactions, documentLength } = row ?? {}
    return { signals: Number(signals), transactions: Number(transactions), documentLength: Number(documentLength) }
  } finally {
    await client.end()
  }
}
