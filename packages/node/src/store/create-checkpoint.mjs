// Moves what the log file holds into the database file. Done here and not by SQLite on its own, which ignores a failed flush of
// the database file and would then overwrite the only good copy.
import { statSync } from "node:fs"

/** The log file holds about this many pages (16 MB) before it is moved. */
const most = 4_000

/** @param {{ database: import("./sqlite-driver.mjs").Connection, path: string }} options */
export const createCheckpoint = ({ database, path }) => {
  const move = database.prepare("PRAGMA wal_checkpoint(PASSIVE)")
  const empty = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)")
  /** What was written since the last one. */
  let written = 0
  /** Pages that one thing written adds: SQLite tells only here how many the log holds, so it is learnt from one to the next. */
  let pagesEach = 1

  const run = (/** @type {typeof move} */ checkpoint) => {
    try {
      const [found] = /** @type {{ log: number }[]} */ (checkpoint.all())
      if (found && found.log > 0 && written > 0) pagesEach = found.log / written
      written = 0
      return true
    } catch (thrown) {
      // The rows are safe in the log file, and the next one tries again.
      if (/** @type {{ code?: string }} */ (thrown).code === "SQLITE_FULL") return false
      throw thrown
    }
  }

  return {
    /** Counts the things that a commit has written: signals, documents, records. */
    count(/** @type {number} */ things) {
      written += things
    },
    /** Keeps the file and overwrites it from its start: a file that grows anew is slower to flush. */
    ifLarge() {
      if (written * pagesEach > most && !database.inTransaction) run(move)
    },
    ifAny() {
      const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
      if (size > 0 && !database.inTransaction) run(empty)
    },
    /** Leaves the log file empty: what was removed is in no file after this. False when the disk is too full for that. */
    now: () => run(empty),
  }
}
