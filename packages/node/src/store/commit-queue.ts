import type { ServiceStore } from "@tellonce/core"
import type { GroupTools, Job } from "./commit-group.ts"
import { commitGroups } from "./commit-groups.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

export interface CommitQueueOptions extends Omit<GroupTools, "ticket"> {
  readonly thread: SqliteThread
}

/** Signals in one flush: as many as queued while the last flush ran, and no more than this. */
const mostInGroup = 500

/** Updates wait here for the disk, and go to it in groups: load makes the group, no timer does. */
export const createCommitQueue = (options: CommitQueueOptions): Pick<ServiceStore, "update"> => {
  const { thread } = options
  const queue: Job[] = []
  let scheduled = false
  let tickets = 0
  const tools: GroupTools = { ...options, ticket: () => ++tickets }

  const pump = async () => {
    // Other work has its turn after each group at the latest.
    let groups = 0
    await commitGroups(tools, (least) => (groups++ > 0 && thread.isWanted() ? [] : takeGroup(queue, least)))
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

/** Whole jobs, of as many signals as fit; one that is larger than a group is a group. */
const takeGroup = (queue: Job[], least: number): readonly Job[] => {
  let size = 0
  let jobs = 0
  for (const job of queue) {
    const grown = size + sizeOf(job)
    if (jobs > 0 && grown > mostInGroup) break
    size = grown
    jobs++
  }
  return size < least ? [] : queue.splice(0, jobs)
}

/** Whoever has nothing to say is answered, too. */
const sizeOf = ({ signals, notes }: Job): number => Math.max(1, signals.length + notes.length)
