// Moves what the log file holds into the database file. Done here and not by SQLite on its own, which ignores a failed flush of
// the database file and would then overwrite the only good copy.
import { statSync } from "node:fs"

/** The log file holds about this many pages (16 MB) before it is moved. */
const most = 4_000

/** @param {{ database: import("./sqlite-driver.mjs").Connection, path: string }} options */
export const createCheckpoint = ({ database, path }) => {
  const move = database.prepare("PRAGMA wal_checkpoint(PASSIVE)")
  const empty = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)")
  let pages = 0

  const run = (/** @type {typeof move} */ checkpoint) => {
    try {
      checkpoint.all()
      pages = 0
      return true
    } catch (thrown) {
      // The rows are safe in the log file, and the next one tries again.
      if (/** @type {{ code?: string }} */ (thrown).code === "SQLITE_FULL") return false
      throw thrown
    }
  }

  return {
    /** Counts what a commit added, by its most: SQLite does not tell. */
    count(/** @type {number} */ added) {
      pages += added
    },
    /** Keeps the file and overwrites it from its start: a file that grows anew is slower to flush. */
    ifLarge() {
      if (pages > most && !database.inTransaction) run(move)
    },
    ifAny() {
      const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
      if (size > 0 && !database.inTransaction) run(empty)
    },
    /** Leaves the log file empty: what was removed is in no file after this. False when the disk is too full for that. */
    now: () => run(empty),
  }
}
