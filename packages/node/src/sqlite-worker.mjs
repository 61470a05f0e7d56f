// The thread that owns the database, so that flushing a disk never holds up the event loop that serves requests.
// It takes one message at a time. `begin` logs the signals and answers with the contexts they touch; the service computes the
// new contexts and sends `commit` (or `rollback`): everything between is one transaction.
import { parentPort, workerData } from "node:worker_threads"
import { openDatabase } from "./sqlite-driver.mjs"

const schema = `
  CREATE TABLE IF NOT EXISTS signal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
    received INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS signal_once ON signal (key, source, id);
  CREATE INDEX IF NOT EXISTS signal_by_key ON signal (key, seq);
  CREATE TABLE IF NOT EXISTS context (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, encoded TEXT NOT NULL) STRICT;
`

const database = openDatabase(workerData.path)
database.exec(schema)

const insert = database.prepare(
  "INSERT INTO signal (key, source, id, received, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
)
const find = database.prepare("SELECT seq, body FROM signal WHERE key = ? AND source = ? AND id = ?")
const read = database.prepare("SELECT seq, encoded FROM context WHERE key = ?")
const write = database.prepare(
  "INSERT INTO context (key, seq, encoded) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, encoded = excluded.encoded",
)
const after = database.prepare(
  "SELECT seq, key, received, body FROM signal WHERE key = ? AND seq > ? ORDER BY seq LIMIT ?",
)

/** @param {string} key */
const readContext = (key) => {
  const row = /** @type {{ seq: number, encoded: string } | undefined} */ (read.get(key))
  return { key, seq: row?.seq ?? 0, encoded: row?.encoded }
}

/** @param {{ key: string, source: string, id: string, received: number, body: string }} row */
const log = ({ key, source, id, received, body }) => {
  const before = /** @type {{ seq: number, body: string } | undefined} */ (find.get(key, source, id))
  if (before) return { seq: before.seq, duplicateOf: before.body }
  return { seq: Number(insert.run(key, source, id, received, body).lastInsertRowid) }
}

/** @type {Record<string, (message: any) => unknown>} */
const operations = {
  begin({ rows }) {
    database.exec("BEGIN IMMEDIATE")
    const logged = rows.map(log)
    const keys = new Set(rows.map((/** @type {{ key: string }} */ { key }) => key))
    return { logged, contexts: [...keys].map(readContext) }
  },
  commit({ contexts }) {
    for (const { key, seq, encoded } of contexts) write.run(key, seq, encoded)
    database.exec("COMMIT")
  },
  rollback() {
    if (database.inTransaction) database.exec("ROLLBACK")
  },
  read: ({ keys }) => keys.map(readContext),
  log: ({ keys, after: seq, limit }) =>
    keys
      .flatMap((/** @type {string} */ key) => after.all(key, seq, limit))
      .sort((/** @type {{ seq: number }} */ a, /** @type {{ seq: number }} */ b) => a.seq - b.seq)
      .slice(0, limit),
  close() {
    database.close()
  },
}

parentPort?.on("message", (message) => {
  try {
    parentPort?.postMessage({ ok: true, answer: operations[message.operation]?.(message) })
  } catch (thrown) {
    const { code, message: text } = /** @type {{ code?: string, message: string }} */ (thrown)
    parentPort?.postMessage({ ok: false, code, text })
  }
})
parentPort?.postMessage({ ok: true, answer: undefined })
