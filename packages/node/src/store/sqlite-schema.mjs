/** The form of the database this code writes. 0 is a new file, or the first form, which had no number. */
const version = 3

const tables = `
  CREATE TABLE IF NOT EXISTS signal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, received INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS signal_of_key ON signal (key);
  CREATE TABLE IF NOT EXISTS seen (
    key TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
    seq INTEGER NOT NULL, received INTEGER NOT NULL, swept INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key, source, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS context (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, encoded TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS audit (
    chain TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, entry TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (chain, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS outbox (
    place INTEGER PRIMARY KEY, receiver TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, key TEXT,
    due INTEGER, tries INTEGER NOT NULL DEFAULT 0, UNIQUE (receiver, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS outbox_due ON outbox (receiver, due, place) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS outbox_of_key ON outbox (key) WHERE key IS NOT NULL;
  CREATE TABLE IF NOT EXISTS once (name TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** The first form knew duplicates by an index on the log itself, so that a log row could not go and leave that knowledge. */
const fromFirst = `
  INSERT INTO seen (key, source, id, seq, received) SELECT key, source, id, seq, received FROM signal;
  DROP INDEX signal_once;
  DROP INDEX signal_by_key;
  ALTER TABLE signal DROP COLUMN source;
  ALTER TABLE signal DROP COLUMN id;
`

/**
 * Brings a database to the present form, in one transaction. A file of a later form is refused: it may hold what this code would lose.
 * @param {import("./sqlite-driver.mjs").Connection} database
 */
export const migrate = (database) => {
  const [found] = /** @type {{ user_version: number }[]} */ (database.prepare("PRAGMA user_version").all())
  const form = found?.user_version ?? 0
  if (form > version) throw new Error(`it was written by a later release (form ${form}, this one knows ${version})`)
  if (form === version) return
  const isFirst = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'signal_once'").get() !== undefined
  database.exec("BEGIN IMMEDIATE")
  database.exec(tables)
  if (isFirst) database.exec(fromFirst)
  database.exec(`PRAGMA user_version = ${version}`)
  database.exec("COMMIT")
}
