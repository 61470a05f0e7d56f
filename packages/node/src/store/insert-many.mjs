/** Rows one statement takes. A call to the driver costs more than a row: so many at once, and what is left over in few calls. */
const sizes = [64, 8, 1]

/**
 * Inserts rows, given column by column, by few calls. Answers how many came in new.
 * @param {import("./sqlite-driver.mjs").Connection} database
 * @param {{ into: string, otherwise?: string }} options `into` names the table and its columns, `otherwise` what follows the values.
 */
export const createInsertMany = (database, { into, otherwise = "" }) => {
  const row = `(${Array(into.split(",").length).fill("?")})`
  const inserts = sizes.map((size) => ({
    size,
    insert: database.prepare(`INSERT INTO ${into} VALUES ${Array(size).fill(row)} ${otherwise}`),
  }))

  return (/** @type {readonly (readonly (string | number | null)[])[]} */ columns) => {
    const rows = columns[0]?.length ?? 0
    let changes = 0
    let from = 0
    for (const { size, insert } of inserts) {
      for (; rows - from >= size; from += size) changes += insert.run(valuesOf(columns, from, from + size)).changes
    }
    return changes
  }
}

/**
 * Row by row.
 * @param {readonly (readonly (string | number | null | undefined)[])[]} columns
 */
const valuesOf = (columns, /** @type {number} */ from, /** @type {number} */ to) => {
  const values = []
  for (let row = from; row < to; row++) for (const column of columns) values.push(column[row])
  return values
}
