// A file that only takes up room, so that removing what may no longer be kept works on a full disk: it is emptied first.
import { randomBytes } from "node:crypto"
import { closeSync, ftruncateSync, openSync, statfsSync, statSync, truncateSync, writeSync } from "node:fs"
import { dirname } from "node:path"

const slice = 4 * 1024 * 1024

/** @param {{ path: string, bytes: number }} options */
export const createReserve = ({ path, bytes }) => {
  const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0

  // A short file is what tells the next process.
  let spent = statSync(path, { throwIfNoEntry: false }) !== undefined && size() < bytes

  /** A quarter is left over, so that making the reserve does not itself fill the disk. */
  const fits = (/** @type {number} */ missing) => {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize >= missing * 1.25
  }

  /** Adds one slice: true when some was added. */
  const grow = () => {
    const have = size()
    if (have >= bytes || !fits(bytes - have)) return false
    const file = openSync(path, "a")
    try {
      // Random: zeros take no room on a disk that compresses.
      writeSync(file, randomBytes(Math.min(slice, bytes - have)))
      return true
    } catch {
      ftruncateSync(file, have)
      return false
    } finally {
      closeSync(file)
    }
  }

  const shrinkTo = (/** @type {number} */ left) => {
    if (size() <= left) return false
    truncateSync(path, left)
    spent = true
    return true
  }

  return {
    grow,
    /** Makes it whole at once. False when there is no room for it. */
    restore() {
      while (grow());
      spent = size() < bytes
      return !spent
    },
    /** Was it given up, by this process or one before, and not made whole again? */
    isSpent: () => spent,
    /** Gives its room back to the disk. False when there was none. */
    release: () => shrinkTo(0),
    /** Gives back half: notes of reads and refusals may use that much and leave the rest for removals. */
    releaseHalf: () => shrinkTo(Math.floor(bytes / 2)),
  }
}
