import type { Millis } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { buckets } from "../place/bucket-of.ts"
import { sweepStatements as sql } from "../sql/sweep-statements.ts"

/** One partition's buckets. */
const range = buckets / 16
/** As the statement has it. */
const most = 5_000

/** Removes what is known of duplicates received before a time, single-use names that have ended, and what is outgoing since before. */
export const prune = async (database: Database, before: Millis): Promise<void> => {
  for (let from = 0; from < buckets; from += range) {
    for (let gone = most; gone === most; ) {
      gone = await database.transaction(["*"], async (transaction) => {
        const [row] = await transaction<{ readonly count: number }>(sql.pruneSeen, [from, from + range, before])
        return row?.count ?? 0
      })
    }
  }
  await database.transaction(["*"], async (transaction) => {
    void transaction(sql.pruneOnce, [before])
    void transaction(sql.pruneOutbox, [before])
    void transaction(sql.pruneSwept)
  })
}
