import { createInsertMany } from "./insert-many.mjs"

/** @typedef {import("./plan.ts").Columns} Columns */

/**
 * Logs signals, each once.
 * @param {import("./sqlite-driver.mjs").Connection} database
 */
export const createSignalLog = (database) => {
  const notice = createInsertMany(database, {
    into: "seen (seq, key, source, id, received)",
    otherwise: "ON CONFLICT DO NOTHING",
  })
  const insert = createInsertMany(database, { into: "signal (seq, key, received, body)" })
  const find = database.prepare(
    "SELECT seen.seq, CASE WHEN swept = 0 THEN body END AS body FROM seen LEFT JOIN signal ON signal.seq = seen.seq WHERE seen.key = ? AND source = ? AND id = ?",
  )

  return {
    /** False when one of them is there already. @param {Columns} columns */
    add({ seqs, keys, sources, ids, received, bodies }) {
      if (notice([seqs, keys, sources, ids, received]) < seqs.length) return false
      insert([seqs, keys, received, bodies])
      return true
    },
    /** Where each is already, and what it says there. @param {readonly { key: string, source: string, id: string }[]} places */
    find: (places) => places.map(({ key, source, id }) => find.get(key, source, id) ?? null),
  }
}
