/**
 * What is to be sent to others. `due` is NULL for what is parked.
 * @param {import("./sqlite-driver.mjs").Connection} database
 */
export const createOutboxTable = (database) => {
  const put = database.prepare(
    "INSERT INTO outbox (receiver, id, at, body, key, due) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  )
  const due = database.prepare(
    'SELECT place, receiver AS "to", id, at, body, key, tries FROM outbox WHERE receiver = ? AND due <= ? ORDER BY due, place LIMIT ?',
  )
  const take = database.prepare("UPDATE outbox SET due = ?, tries = tries + 1 WHERE place = ?")
  const remove = database.prepare("DELETE FROM outbox WHERE receiver = ? AND id = ?")
  const postpone = database.prepare("UPDATE outbox SET due = ? WHERE receiver = ? AND id = ?")
  const forgetKey = database.prepare("DELETE FROM outbox WHERE key = ?")
  const forgetOld = database.prepare("DELETE FROM outbox WHERE at < ?")

  return {
    add(/** @type {readonly import("@tellonce/core").Outgoing[]} */ outgoing) {
      for (const { to, id, at, body, key } of outgoing) put.run(to, id, at, body, key ?? null, at)
    },
    put(/** @type {readonly import("@tellonce/core").Outgoing[]} */ outgoing) {
      database.exec("BEGIN IMMEDIATE")
      this.add(outgoing)
      database.exec("COMMIT")
    },
    /** Mostly there is nothing, which costs one look and no transaction. */
    lease(/** @type {Parameters<import("@tellonce/core").Outbox["lease"]>[0]} */ { to, now, until, limit }) {
      const rows = /** @type {(import("@tellonce/core").LeasedOutgoing & { place: number, key: string | null })[]} */ (
        due.all(to, now, limit)
      )
      if (rows.length === 0) return []
      database.exec("BEGIN IMMEDIATE")
      for (const { place } of rows) take.run(until, place)
      database.exec("COMMIT")
      return rows.map(({ place: _place, key, id, at, body, tries }) => ({
        ...{ to, id, at, body, tries },
        ...(key !== null && { key }),
      }))
    },
    settle(/** @type {Parameters<import("@tellonce/core").Outbox["settle"]>[0]} */ settled) {
      database.exec("BEGIN IMMEDIATE")
      for (const { to, id, next } of settled) {
        if (next === "done") remove.run(to, id)
        else postpone.run(next === "parked" ? null : next, to, id)
      }
      database.exec("COMMIT")
    },
    forget(/** @type {string} */ key) {
      forgetKey.run(key)
    },
    prune(/** @type {number} */ before) {
      forgetOld.run(before)
    },
  }
}
