// The one file that knows which SQLite driver is used. libsql: prebuilt for Node 20 to 24, no install script.
import Database from "libsql"

/** @typedef {import("libsql").Database} Connection */

/**
 * Opens the file for this process alone and so that a commit is on the disk when it returns.
 * @param {string} path
 * @returns {Connection}
 */
export const openDatabase = (path) => {
  const database = new Database(path)
  database.exec("PRAGMA locking_mode = EXCLUSIVE")
  database.exec("PRAGMA journal_mode = WAL")
  // FULL flushes the log at every commit; NORMAL loses acknowledged rows in a power cut.
  database.exec("PRAGMA synchronous = FULL")
  // What is removed is overwritten, not only unlinked.
  database.exec("PRAGMA secure_delete = ON")
  database.exec("PRAGMA temp_store = MEMORY")
  // SQLite's own checkpoint hides a failed flush from the caller; create-checkpoint.mjs does it where it can be heard.
  database.exec("PRAGMA wal_autocheckpoint = 0")
  database.exec(`PRAGMA journal_size_limit = ${16 * 1024 * 1024}`)
  return database
}
