/**
 * Logs signals, each once. They come as the JSON of a list of rows and are written by one statement a table: a call for each row costs
 * twice as much.
 * @param {import("./sqlite-driver.mjs").Connection} database
 */
export const createSignalLog = (database) => {
  // The WHERE tells SQLite that ON belongs to the conflict and joins nothing.
  const notice = database.prepare(
    `INSERT INTO seen (seq, key, source, id, received)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
  )
  const insert = database.prepare(
    `INSERT INTO signal (seq, key, received, body)
     SELECT value ->> 0, value ->> 1, value ->> 4, value ->> 5 FROM json_each(?)`,
  )
  const find = database.prepare(
    "SELECT seen.seq, CASE WHEN swept = 0 THEN body END AS body FROM seen LEFT JOIN signal ON signal.seq = seen.seq WHERE seen.key = ? AND source = ? AND id = ?",
  )

  return {
    /** False when one of them is there already. @param {import("./plan-group.ts").Rows} rows */
    add({ count, json }) {
      if (notice.run(json).changes < count) return false
      insert.run(json)
      return true
    },
    /** Where each is already, and what it says there. @param {import("./plan-group.ts").Rows} rows */
    find({ json }) {
      const rows = /** @type {readonly import("./plan-group.ts").Row[]} */ (JSON.parse(json))
      return rows.map(([_seq, key, source, id]) => find.get(key, source, id) ?? null)
    },
  }
}
