import type { Addressed, LoggedSignal, Millis, StoreUpdate } from "@tellonce/core"
import { chainsOf } from "./chain-notes.ts"
import { type Known, toFound, type Wanted } from "./create-known.ts"
import { onceKey } from "./once-key.ts"
import type { Found, Plan } from "./plan.ts"
import { planGroup, type Update, uponPlan } from "./plan-group.ts"
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
  /** A number no group has had. */
  readonly ticket: () => number
}

/** A group that is on the disk, and how long the transaction alone took. */
export interface Commit {
  readonly signals: number
  readonly duration: Millis
}

/** A group on its way to the disk. */
export interface Flight {
  readonly jobs: readonly Job[]
  readonly ticket: number
  /** What it writes, unless working that out has failed. */
  readonly plan?: Plan
  /** Never rejects. */
  readonly outcome: Promise<Outcome>
}

/** What the thread made of a group. Unless it is written, nothing of it was. */
type Outcome =
  | { readonly is: "written"; readonly duration: Millis }
  /** Some signals are there already, here in the order of the group's signals. */
  | { readonly is: "known"; readonly found: readonly (Found | null)[] }
  /** It was planned upon a group that was not written. */
  | { readonly is: "baseless" }
  | { readonly is: "failed"; readonly reason: unknown }

/** Tells the callers of a group what became of it. */
export type Answer = () => void

/** Plans a group and sends it to the thread, behind the one that is on its way there and as if that one were written. Never rejects. */
export const sendGroup = async (
  tools: GroupTools,
  jobs: readonly Job[],
  {
    ahead,
    found = new Map(),
  }: { readonly ahead?: Flight | undefined; readonly found?: ReadonlyMap<string, Found> } = {},
): Promise<Flight> => {
  const ticket = tools.ticket()
  try {
    const looked = await tools.known.find(wantedOf(tools, jobs, ahead))
    const { signal } = tools.known
    const before = { ...looked, signal, ahead: new Map(), found: new Map([...looked.found, ...found]) }
    const plan = planGroup(jobs, uponPlan(before, ahead?.plan))
    return { jobs, ticket, plan, outcome: write(tools, plan, { ticket, after: ahead?.ticket }) }
  } catch (reason) {
    return { jobs, ticket, outcome: Promise.resolve({ is: "failed", reason }) }
  }
}

const wantedOf = ({ known }: GroupTools, jobs: readonly Job[], ahead: Flight | undefined): Wanted => {
  const all = jobs.flatMap(({ signals }) => signals)
  const isAhead = (signal: Addressed) => ahead?.plan?.places.has(onceKey(signal)) === true
  return {
    keys: [...new Set(all.map(({ key }) => key))],
    chains: chainsOf(jobs.flatMap(({ notes }) => notes)),
    signals: all.filter((signal) => known.mayHold(signal) && !isAhead(signal)),
  }
}

const write = async (
  { thread }: GroupTools,
  { columns, documents, records, outgoing }: Plan,
  place: { readonly ticket: number; readonly after: number | undefined },
): Promise<Outcome> => {
  // Notes alone are kept on a full disk, too: without them nothing could be read there.
  const operation = columns.seqs.length === 0 ? "note" : "write"
  try {
    return await thread.call<Outcome>({ operation, ...place, columns, documents, records, outgoing })
  } catch (reason) {
    return { is: "failed", reason }
  }
}

/**
 * Waits for a group to be on the disk, however many tries that takes. Duplicates of very long ago are few: rather than ask for each
 * signal, it is written as if there were none, and again without them when there are. If a group fails each job has a try of its own, so
 * that none pays for another.
 */
export const landGroup = async (tools: GroupTools, { jobs, plan, outcome }: Flight): Promise<Answer> => {
  const end = await outcome
  if (end.is === "written" && plan) return settle(tools, jobs, plan, end.duration)
  if (end.is === "known" && plan) {
    return landGroup(tools, await sendGroup(tools, jobs, { found: toFound(plan.added, end.found) }))
  }
  if (end.is !== "failed") return landGroup(tools, await sendGroup(tools, jobs))
  const [only] = jobs
  if (jobs.length === 1) return () => only?.reject(end.reason)
  const each: Answer[] = []
  for (const job of jobs) each.push(await landGroup(tools, await sendGroup(tools, [job])))
  return () => {
    for (const answer of each) answer()
  }
}

const settle = (tools: GroupTools, jobs: readonly Job[], plan: Plan, duration: Millis): Answer => {
  const { added, answers } = plan
  tools.known.keep(plan)
  if (added.length > 0) tools.onCommit({ signals: added.length, duration })
  return () => {
    if (added.length > 0) tools.onAdded(added)
    for (const [index, job] of jobs.entries()) job.resolve(answers[index] ?? { logged: [] })
  }
}
