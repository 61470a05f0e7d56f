import { withRoom } from "./with-room.mjs"

/**
 * Rewrites what is kept of some keys, in one transaction, on a full disk too: then the reserve is given up for it.
 * @param {{
 *   database: import("./sqlite-driver.mjs").Connection,
 *   checkpoint: ReturnType<typeof import("./create-checkpoint.mjs").createCheckpoint>,
 *   outbox: ReturnType<typeof import("./create-outbox-table.mjs").createOutboxTable>,
 *   reserve: ReturnType<typeof import("./create-reserve.mjs").createReserve>,
 * }} options
 * @returns {(message: any) => void}
 */
export const createSweepOperation = ({ database, checkpoint, outbox, reserve }) => {
  const removeSignal = database.prepare("DELETE FROM signal WHERE seq = ?")
  const rewriteSignal = database.prepare("UPDATE signal SET body = ? WHERE seq = ?")
  const markSwept = database.prepare("UPDATE seen SET swept = 1 WHERE key = ? AND source = ? AND id = ?")
  const forget = database.prepare("DELETE FROM seen WHERE key = ?")
  const removeContext = database.prepare("DELETE FROM context WHERE key = ?")
  const writeContext = database.prepare(
    "INSERT INTO context (key, seq, encoded) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET seq = excluded.seq, encoded = excluded.encoded",
  )
  const append = database.prepare("INSERT INTO audit (chain, seq, at, entry, hash) VALUES (?, ?, ?, ?, ?)")

  const apply = (/** @type {any} */ { signals, documents, forgotten, outgoing, records }) => {
    database.exec("BEGIN IMMEDIATE")
    for (const { seq, key, source, id, body } of signals) {
      if (body === undefined) removeSignal.run(seq)
      else rewriteSignal.run(body, seq)
      markSwept.run(key, source, id)
    }
    for (const key of forgotten) {
      forget.run(key)
      outbox.forget(key)
    }
    for (const { key, seq, encoded } of documents) {
      if (encoded === undefined) removeContext.run(key)
      else writeContext.run(key, seq, encoded)
    }
    outbox.add(outgoing)
    for (const { chain, seq, at, entry, hash } of records) append.run(chain, seq, at, entry, hash)
    database.exec("COMMIT")
  }

  return (message) => {
    withRoom({ database, release: reserve.release, work: () => apply(message) })
    if (!checkpoint.now() && reserve.release()) checkpoint.now()
  }
}
