/** Rows one statement takes. A call to the driver costs more than a row: so many at once, and what is left over in few calls. */
const sizes = [64, 8, 1]

/**
 * Inserts rows of equal length by few calls. Answers how many came in new.
 * @param {import("./sqlite-driver.mjs").Connection} database
 * @param {{ into: string, otherwise?: string }} options `into` names the table and its columns, `otherwise` what follows the values.
 */
export const createInsertMany = (database, { into, otherwise = "" }) => {
  const row = `(${Array(into.split(",").length).fill("?")})`
  const inserts = sizes.map((size) => ({
    size,
    insert: database.prepare(`INSERT INTO ${into} VALUES ${Array(size).fill(row)} ${otherwise}`),
  }))

  return (/** @type {readonly (readonly (string | number | null)[])[]} */ rows) => {
    let changes = 0
    let from = 0
    for (const { size, insert } of inserts) {
      for (; rows.length - from >= size; from += size)
        changes += insert.run(rows.slice(from, from + size).flat()).changes
    }
    return changes
  }
}
