// The thread that owns the database, so that flushing a disk never holds up the event loop that serves requests.
// It takes one message at a time and answers each.
import { parentPort, workerData } from "node:worker_threads"
import { createCheckpoint } from "./create-checkpoint.mjs"
import { createLogOperations } from "./create-log-operations.mjs"
import { createOutboxTable } from "./create-outbox-table.mjs"
import { createReserve } from "./create-reserve.mjs"
import { createSweepOperation } from "./create-sweep-operation.mjs"
import { createTrailOperations } from "./create-trail-operations.mjs"
import { openDatabase } from "./sqlite-driver.mjs"
import { migrate } from "./sqlite-schema.mjs"
import { withRoom } from "./with-room.mjs"

const { path, reserve: bytes } = workerData
const open = () => {
  try {
    const opened = openDatabase(path)
    migrate(opened)
    return opened
  } catch (thrown) {
    // The driver's own kind of error loses its text on the way to another thread.
    const { message, code } = /** @type {Error & { code?: string }} */ (thrown)
    throw Object.assign(new Error(message), { code })
  }
}

const database = open()
const checkpoint = createCheckpoint({ database, path })
const reserve = createReserve({ path: `${path}-reserve`, bytes })

/** While the reserve is spent, ordinary writes wait, or they would eat what the next removal needs. */
const refuseWhileSpent = () => {
  if (!reserve.isSpent() || reserve.restore()) return
  throw Object.assign(new Error("the reserve for removals is not whole"), { code: "SQLITE_FULL" })
}

const outbox = createOutboxTable(database)
const log = createLogOperations(database, outbox)
const trail = createTrailOperations(database, outbox)
const sweep = createSweepOperation({ database, checkpoint, outbox, reserve })

/** The ticket of the group that was written last. */
let written = 0

/**
 * Does what a group of updates wants done, unless it was planned upon a group that was not written.
 * @param {{ ticket: number, after: number | undefined }} place
 * @param {() => unknown} work
 */
const inPlace = ({ ticket, after }, work) => {
  if (after !== undefined && after !== written) return { is: "baseless" }
  const began = performance.now()
  const found = work()
  if (found !== undefined) return { is: "known", found }
  written = ticket
  return { is: "written", duration: performance.now() - began }
}

/** @type {Record<string, (message: any) => unknown>} */
const operations = {
  ...log,
  ...trail,
  sweep,
  write(message) {
    refuseWhileSpent()
    checkpoint.count(4 + message.columns.seqs.length + message.records.length + 4 * message.documents.length)
    return inPlace(message, () => log.write?.(message))
  },
  note(message) {
    checkpoint.count(4 + message.records.length)
    return inPlace(message, () => withRoom({ database, release: reserve.releaseHalf, work: () => log.note?.(message) }))
  },
  once(message) {
    refuseWhileSpent()
    return trail.once?.(message)
  },
  put({ outgoing }) {
    refuseWhileSpent()
    outbox.put(outgoing)
  },
  lease: ({ query }) => withRoom({ database, release: reserve.releaseHalf, work: () => outbox.lease(query) }),
  settle: ({ settled }) => withRoom({ database, release: reserve.releaseHalf, work: () => outbox.settle(settled) }),
  snapshot({ to }) {
    database.prepare("VACUUM INTO ?").run(to)
  },
  close() {
    clearInterval(growing)
    clearInterval(checkpoints)
    database.close()
  },
}

/** SQLite's codes after which nothing may be acknowledged: the disk, or the file, is not what it says. */
const isFatal = (/** @type {unknown} */ thrown) =>
  /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(/** @type {{ code?: string }} */ (thrown).code ?? "")

/** Ends the thread's work: every call after this finds the database closed. */
const giveUp = (/** @type {unknown} */ thrown) => {
  try {
    operations.close?.({})
  } catch {
    // It is closed as far as it can be.
  }
  const { code, message: text } = /** @type {{ code?: string, message: string }} */ (thrown)
  parentPort?.postMessage({ ok: false, fatal: true, code, text })
}

/** Work nobody waits for. What fails for a passing reason is tried again later. */
const inTheBackground = (/** @type {() => void} */ work) => {
  try {
    work()
  } catch (thrown) {
    if (isFatal(thrown)) giveUp(thrown)
  }
}

parentPort?.on("message", (message) => {
  try {
    parentPort?.postMessage({ ok: true, answer: operations[message.operation]?.(message) })
  } catch (thrown) {
    if (isFatal(thrown)) return giveUp(thrown)
    if (database.inTransaction) database.exec("ROLLBACK")
    const { code, message: text } = /** @type {{ code?: string, message: string }} */ (thrown)
    parentPort?.postMessage({ ok: false, fatal: false, code, text })
  }
  // After the answer, which does not wait for it.
  if (message.operation === "write" || message.operation === "note") inTheBackground(checkpoint.ifLarge)
})

// The reserve is made little by little, so that a new store is ready at once.
const growing = setInterval(() => {
  if (!reserve.isSpent()) inTheBackground(reserve.grow)
}, 1_000).unref()
const checkpoints = setInterval(() => inTheBackground(checkpoint.ifAny), 60_000).unref()

parentPort?.postMessage({ ok: true, answer: undefined })
