import { createSignalLog } from "./create-signal-log.mjs"
import { createInsertMany } from "./insert-many.mjs"

/**
 * What the thread does to log signals and change contexts. The service looks, works out the new contexts, and writes: nothing comes
 * between, as it has one piece of work under way at a time.
 * @param {import("./sqlite-driver.mjs").Connection} database
 * @param {ReturnType<typeof import("./create-outbox-table.mjs").createOutboxTable>} outbox
 * @returns {Record<string, (message: any) => unknown>}
 */
export const createLogOperations = (database, outbox) => {
  const read = database.prepare("SELECT seq, encoded FROM context WHERE key = ?")
  const write = database.prepare(
    "INSERT INTO context (key, seq, encoded) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, encoded = excluded.encoded",
  )
  const after = database.prepare(
    "SELECT seq, key, received, body FROM signal WHERE key = ? AND seq > ? ORDER BY seq LIMIT ?",
  )
  const tail = database.prepare("SELECT seq, body FROM signal WHERE key = ? AND seq > ? ORDER BY seq")
  const head = database.prepare("SELECT seq, hash FROM audit WHERE chain = ? ORDER BY seq DESC LIMIT 1")
  const append = createInsertMany(database, { into: "audit (chain, seq, at, entry, hash)" })
  const last = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'signal'")
  const signals = createSignalLog(database)

  const lastSeq = () => {
    const row = /** @type {{ seq: number } | undefined} */ (last.get())
    return row === undefined ? 0 : row.seq
  }

  const appendAll = (/** @type {readonly import("./chain-notes.ts").StoredRecord[]} */ records) => {
    append([
      records.map(({ chain }) => chain),
      records.map(({ seq }) => seq),
      records.map(({ at }) => at),
      records.map(({ entry }) => entry),
      records.map(({ hash }) => hash),
    ])
  }
  const readContext = (/** @type {string} */ key) => {
    const row = /** @type {{ seq: number, encoded: string } | undefined} */ (read.get(key))
    return { key, seq: row?.seq ?? 0, encoded: row?.encoded, rows: tail.all(key, row?.seq ?? 0) }
  }
  const readHead = (/** @type {string} */ chain) => {
    const row = /** @type {{ seq: number, hash: string } | undefined} */ (head.get(chain))
    return { chain, seq: row?.seq ?? 0, hash: row?.hash }
  }

  return {
    look: ({ keys, chains, places }) => ({
      contexts: keys.map(readContext),
      heads: chains.map(readHead),
      lastSeq: lastSeq(),
      found: signals.find(places),
    }),
    /** All or nothing. Answers where the signals are when some are there already: then nothing was written. */
    write({ columns, documents, records, outgoing }) {
      database.exec("BEGIN IMMEDIATE")
      if (!signals.add(columns)) {
        database.exec("ROLLBACK")
        return signals.find(placesOf(columns))
      }
      for (const { key, seq, encoded } of documents) write.run(key, seq, encoded)
      outbox.add(outgoing)
      appendAll(records)
      database.exec("COMMIT")
      return undefined
    },
    /** Notes of what changed nothing else. */
    note({ records }) {
      database.exec("BEGIN IMMEDIATE")
      appendAll(records)
      database.exec("COMMIT")
    },
    log: ({ keys, after: seq, limit }) =>
      keys
        .flatMap((/** @type {string} */ key) => after.all(key, seq, limit))
        .sort((/** @type {{ seq: number }} */ a, /** @type {{ seq: number }} */ b) => a.seq - b.seq)
        .slice(0, limit),
  }
}

/** @param {import("./plan.ts").Columns} columns */
const placesOf = ({ keys, sources, ids }) =>
  keys.map((key, row) => ({ key, source: sources[row] ?? "", id: ids[row] ?? "" }))
