import { isTellonceError, type LoggedSignal, type Millis, type StoreUpdate } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { buckets } from "../place/bucket-of.ts"
import { placeOf } from "../place/place-of.ts"
import { type Update, writeGroup } from "./write-group.ts"

interface Job extends Update {
  readonly resolve: (update: StoreUpdate) => void
  readonly reject: (reason: unknown) => void
}

/** Of a group that was committed. */
export interface Commit {
  readonly signals: number
  readonly duration: Millis
}

export interface WriterOptions {
  readonly database: Database
  /** In how many parts the buckets are divided. Each has one transaction at a time, which takes all that waited meanwhile. */
  readonly lanes: number
  readonly onAdded: (added: readonly LoggedSignal[]) => void
  readonly onCommit: (commit: Commit) => void
}

/** Signals in one transaction, at most. */
const mostInGroup = 500

/** Gathers the updates of many callers into few transactions: load makes the groups, nobody waits for a timer. */
export const createWriter = ({ database, lanes, onAdded, onCommit }: WriterOptions) => {
  const queues = Array.from({ length: lanes }, (): Job[] => [])
  const running = new Set<Promise<void>>()
  const busy = new Set<Job[]>()

  const write = async (jobs: readonly Job[]) => {
    const began = performance.now()
    const { answers, added } = await writeGroup(database, jobs)
    if (added.length > 0) {
      onCommit({ signals: added.length, duration: performance.now() - began })
      onAdded(added)
    }
    for (const [index, job] of jobs.entries()) job.resolve(answers[index] ?? { logged: [] })
  }
  const run = async (queue: Job[]) => {
    while (queue.length > 0) {
      const jobs = takeGroup(queue)
      await write(jobs).catch((reason) => eachAlone(jobs, reason, write))
    }
  }
  const start = (queue: Job[]) => {
    if (busy.has(queue)) return
    busy.add(queue)
    // All that is said in this turn goes together.
    const work = Promise.resolve()
      .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
      .then(() => run(queue))
      .finally(() => {
        busy.delete(queue)
        running.delete(work)
      })
    running.add(work)
  }
  return {
    update: (update: Update): Promise<StoreUpdate> =>
      new Promise((resolve, reject) => {
        const queue = queues[laneOf(update, lanes)] ?? []
        queue.push({ ...update, resolve, reject })
        start(queue)
      }),
    waiting: () => queues.reduce((sum, queue) => sum + queue.length, 0),
    /** Resolves when all that was asked for is done. */
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** Neighbouring buckets share a lane, so that a transaction touches few partitions. */
const laneOf = ({ signals, notes }: Update, lanes: number): number => {
  const name = signals[0]?.key ?? notes[0]?.chain ?? ""
  return Math.floor((placeOf(name).bucket * lanes) / buckets)
}

const takeGroup = (queue: Job[]): readonly Job[] => {
  let size = 0
  const fits = queue.findIndex((job) => {
    size += job.signals.length + job.notes.length
    return size > mostInGroup
  })
  return queue.splice(0, fits === -1 ? queue.length : Math.max(1, fits))
}

/** When a group fails each has a try of its own, so that none pays for another. */
const eachAlone = async (jobs: readonly Job[], reason: unknown, write: (jobs: readonly Job[]) => Promise<void>) => {
  const [only] = jobs
  if (jobs.length === 1) return only?.reject(reason)
  // While nobody can write, a try for each would only make all wait longer.
  if (isTellonceError(reason) && reason.code === "store/unavailable") {
    for (const job of jobs) job.reject(reason)
    return
  }
  for (const job of jobs) await write([job]).catch(job.reject)
}
