import type { LoggedSignal, StoreUpdate } from "@tellonce/core"
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
  readonly notify: (added: readonly LoggedSignal[]) => void
}

/** One transaction, one flush for all jobs. If it fails as a group each job has a try of its own, so that none pays for another. */
export const commitGroup = async (tools: GroupTools, jobs: readonly Job[]): Promise<void> => {
  try {
    const { answers, added } = await writeGroup(tools, jobs)
    tools.notify(added)
    for (const [index, job] of jobs.entries()) job.resolve(answers[index] ?? { logged: [] })
  } catch (reason) {
    if (jobs.length === 1) return jobs[0]?.reject(reason)
    for (const job of jobs) await commitGroup(tools, [job])
  }
}

const writeGroup = async ({ thread, known }: GroupTools, jobs: readonly Job[]) => {
  const keys = new Set(jobs.flatMap(({ signals }) => signals.map(({ key }) => key)))
  const looked = await known.look([...keys], chainsOf(jobs.flatMap(({ notes }) => notes)))
  const write = async (found: ReadonlyMap<string, Found>) => {
    const plan = planGroup(jobs, { ...looked, signal: known.signal, found })
    const { rows, contexts, records } = plan
    // Notes alone are kept on a full disk, too: without them nothing could be read there.
    const operation = rows.length === 0 ? "note" : "write"
    return {
      plan,
      found: await thread.call<readonly (Found | null)[] | undefined>({ operation, rows, contexts, records }),
    }
  }
  // Duplicates of long ago are few: rather than ask for each signal, write as if there were none, and again without them when there are.
  const first = await write(new Map())
  const places = first.found?.flatMap((place, index) => {
    const entry = first.plan.added[index]
    return place && entry ? [[onceKey(entry), place] as const] : []
  })
  const { plan } = places ? await write(new Map(places)) : first
  known.keep(plan)
  return plan
}
