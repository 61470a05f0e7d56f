import type { LoggedSignal, ServiceStore } from "@tellonce/core"
import { type Commit, commitGroups, type Job } from "./commit-group.ts"
import type { Known } from "./create-known.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

export interface CommitQueueOptions {
  readonly thread: SqliteThread
  readonly known: Known
  /** Told of what is on the disk. */
  readonly onAdded: (added: readonly LoggedSignal[]) => void
  readonly onCommit: (commit: Commit) => void
}

/** Signals in one flush: as many as queued while the last flush ran, and no more than this. */
const mostInGroup = 500

/** Updates wait here for the disk, and go to it in groups: load makes the group, no timer does. */
export const createCommitQueue = (options: CommitQueueOptions): Pick<ServiceStore, "update"> => {
  const { thread } = options
  const queue: Job[] = []
  let scheduled = false

  const pump = async () => {
    // Other work has its turn after each group at the latest.
    let groups = 0
    await commitGroups(options, () => (groups++ > 0 && thread.isWanted() ? [] : takeGroup(queue)))
    scheduled = false
    if (queue.length > 0) schedule()
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    void thread.exclusively(pump)
  }
  return {
    update: (signals, fold, notes = []) =>
      new Promise((resolve, reject) => {
        queue.push({ signals, fold, notes, resolve, reject })
        schedule()
      }),
  }
}

const takeGroup = (queue: Job[]): readonly Job[] => {
  let size = 0
  const fits = queue.findIndex((job) => {
    size += job.signals.length + job.notes.length
    return size > mostInGroup
  })
  return queue.splice(0, fits === -1 ? queue.length : Math.max(1, fits))
}
