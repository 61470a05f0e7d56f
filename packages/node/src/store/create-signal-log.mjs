/**
 * Logs signals, each once.
 * @param {import("./sqlite-driver.mjs").Connection} database
 */
export const createSignalLog = (database) => {
  const notice = database.prepare(
    "INSERT INTO seen (key, source, id, seq, received) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  )
  const insert = database.prepare("INSERT INTO signal (seq, key, received, body) VALUES (?, ?, ?, ?)")
  const find = database.prepare(
    "SELECT seen.seq, CASE WHEN swept = 0 THEN body END AS body FROM seen LEFT JOIN signal ON signal.seq = seen.seq WHERE seen.key = ? AND source = ? AND id = ?",
  )

  return {
    /** False when it is there already. @param {import("./plan-group.ts").Row} row */
    add([seq, key, source, id, received, body]) {
      if (notice.run(key, source, id, seq, received).changes === 0) return false
      insert.run(seq, key, received, body)
      return true
    },
    /** Where it is already, and what it says there. @param {import("./plan-group.ts").Row} row */
    find([_seq, key, source, id]) {
      return find.get(key, source, id) ?? null
    },
  }
}
