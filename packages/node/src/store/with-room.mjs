/**
 * Does a transaction, and once more after `release` has made room if the disk was full.
 * @template Result
 * @param {{ database: import("./sqlite-driver.mjs").Connection, release: () => boolean, work: () => Result }} options
 */
export const withRoom = ({ database, release, work }) => {
  try {
    return work()
  } catch (thrown) {
    if (database.inTransaction) database.exec("ROLLBACK")
    const isFull = /** @type {{ code?: string }} */ (thrown).code === "SQLITE_FULL"
    if (!isFull || !release()) throw thrown
    return work()
  }
}
