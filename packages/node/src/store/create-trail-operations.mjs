/** Every chain by one look-up each; DISTINCT would read the whole trail. */
const eachChain = `
  WITH RECURSIVE each (chain) AS (
    SELECT min(chain) FROM audit
    UNION ALL SELECT (SELECT min(chain) FROM audit WHERE chain > each.chain) FROM each WHERE each.chain IS NOT NULL
  ) SELECT chain FROM each WHERE chain IS NOT NULL`

/**
 * What the thread does besides logging: the audit trail read, the walk over all keys, names that count once, old duplicates.
 * @param {import("./sqlite-driver.mjs").Connection} database
 * @param {ReturnType<typeof import("./create-outbox-table.mjs").createOutboxTable>} outbox
 * @returns {Record<string, (message: any) => unknown>}
 */
export const createTrailOperations = (database, outbox) => {
  const records = database.prepare(
    "SELECT chain, seq, at, entry, hash FROM audit WHERE chain = ? AND seq > ? ORDER BY seq LIMIT ?",
  )
  const chains = database.prepare(eachChain)
  const keys = database.prepare("SELECT key FROM context WHERE key > ? ORDER BY key LIMIT ?")
  const claim = database.prepare("INSERT INTO once (name, until) VALUES (?, ?) ON CONFLICT DO NOTHING")
  const release = database.prepare("DELETE FROM once WHERE until < ?")
  // The end of the slice, or nothing when it is the last one.
  const edge = database.prepare(
    "SELECT key, source, id FROM seen WHERE (key, source, id) > (?, ?, ?) ORDER BY key, source, id LIMIT 1 OFFSET ?",
  )
  const forget = database.prepare(
    "DELETE FROM seen WHERE (key, source, id) > (?, ?, ?) AND (key, source, id) <= (?, ?, ?) AND received < ?",
  )
  const forgetRest = database.prepare("DELETE FROM seen WHERE (key, source, id) > (?, ?, ?) AND received < ?")

  return {
    audit: ({ chain, after, limit }) => records.all(chain, after, limit),
    chains: () => chains.all().map((row) => /** @type {{ chain: string }} */ (row).chain),
    keys: ({ after, limit }) => keys.all(after, limit).map((row) => /** @type {{ key: string }} */ (row).key),
    once: ({ name, until }) => claim.run(name, until).changes === 1,
    /** One slice of the walk over all that is known; answers where the next begins, so that writes come in between. */
    prune({ before, from, slice }) {
      const to = /** @type {{ key: string, source: string, id: string } | undefined} */ (edge.get(...from, slice - 1))
      if (to === undefined) {
        release.run(before)
        outbox.prune(before)
        forgetRest.run(...from, before)
        return undefined
      }
      const next = [to.key, to.source, to.id]
      forget.run(...from, ...next, before)
      return next
    },
  }
}
