import type { LoggedSignal, Millis, StoreUpdate } from "@tellonce/core"
import { chainsOf } from "./chain-notes.ts"
import type { Known } from "./create-known.ts"
import { onceKey } from "./once-key.ts"
import { type Found, planGroup, type Update } from "./plan-group.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

/** One caller's update, waiting for its flush. */
export interface Job extends Update {
  readonly resolve: (update: StoreUpdate) => void
  readonly reject: (reason: unknown) => void
}

export interface GroupTools {
  readonly thread: Pick<SqliteThread, "call">
  readonly known: Known
  readonly onAdded: (added: readonly LoggedSignal[]) => void
  readonly onCommit: (commit: Commit) => void
}

/** A group that is on the disk, and how long the transaction alone took. */
export interface Commit {
  readonly signals: number
  readonly duration: Millis
}

/** What the thread answers to a write. */
interface Written {
  /** Where the signals are when some are there already: then nothing was written. */
  readonly found?: readonly (Found | null)[]
  /** Of the transaction. */
  readonly duration: Millis
}

/** Tells the callers of a group what became of it. */
type Answer = () => void

/**
 * Commits group after group, as long as `next` gives one. The callers of a group are answered when the one after it is on its way: what
 * they do next is done while the disk is flushed.
 */
export const commitGroups = async (tools: GroupTools, next: () => readonly Job[]): Promise<void> => {
  let answer: Answer = () => {}
  for (let jobs = next(); jobs.length > 0; jobs = next()) {
    const committing = commitGroup(tools, jobs)
    answer()
    answer = await committing
  }
  answer()
}

/** One transaction, one flush for all jobs. If it fails as a group each job has a try of its own, so that none pays for another. */
const commitGroup = async (tools: GroupTools, jobs: readonly Job[]): Promise<Answer> => {
  try {
    const { answers, added } = await writeGroup(tools, jobs)
    return () => {
      if (added.length > 0) tools.onAdded(added)
      for (const [index, job] of jobs.entries()) job.resolve(answers[index] ?? { logged: [] })
    }
  } catch (reason) {
    const [only] = jobs
    if (jobs.length === 1) return () => only?.reject(reason)
    const each: Answer[] = []
    for (const job of jobs) each.push(await commitGroup(tools, [job]))
    return () => {
      for (const answer of each) answer()
    }
  }
}

const writeGroup = async ({ thread, known, onCommit }: GroupTools, jobs: readonly Job[]) => {
  const keys = new Set(jobs.flatMap(({ signals }) => signals.map(({ key }) => key)))
  const chains = chainsOf(jobs.flatMap(({ notes }) => notes))
  const looked = known.recall([...keys], chains) ?? (await known.look([...keys], chains))
  const write = async (found: ReadonlyMap<string, Found>) => {
    const plan = planGroup(jobs, { ...looked, signal: known.signal, found })
    const { rows, documents, records, outgoing } = plan
    // Notes alone are kept on a full disk, too: without them nothing could be read there.
    const operation = rows.count === 0 ? "note" : "write"
    const message = { operation, rows, documents, records, outgoing }
    return { plan, ...(await thread.call<Written | undefined>(message)) }
  }
  // Duplicates of long ago are few: rather than ask for each signal, write as if there were none, and again without them when there are.
  const first = await write(new Map())
  const places = first.found?.flatMap((place, index) => {
    const entry = first.plan.added[index]
    return place && entry ? [[onceKey(entry), place] as const] : []
  })
  const { plan, duration } = places ? await write(new Map(places)) : first
  known.keep(plan)
  if (duration !== undefined) onCommit({ signals: plan.added.length, duration })
  return plan
}
