import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { Addressed, LoggedSignal, Millis, Signal, Store, StoredContext, StoreUpdate } from "@tellonce/core"
import { changedContexts } from "./changed-contexts.ts"
import { openSqliteThread, type SqliteThread } from "./sqlite-thread.ts"
import { createWatchers } from "./watchers.ts"

interface Job {
  readonly signals: readonly Addressed[]
  readonly change: Parameters<Store["update"]>[1]
  readonly resolve: (update: StoreUpdate) => void
  readonly reject: (reason: unknown) => void
}

interface Row {
  readonly seq: number
  readonly key: string
  readonly received: Millis
  readonly body: string
}

/** Signals in one flush: as many as queued while the last flush ran, and no more than this. */
const mostInGroup = 500

/**
 * The embedded store: one SQLite file, one thread that owns it, group commit. What `update` has answered is flushed to the disk.
 * Rejects with `store/locked` when another process has the file open.
 */
export const createSqliteStore = async ({ path }: { readonly path: string }): Promise<Store> => {
  await mkdir(dirname(path), { recursive: true })
  const thread = await openSqliteThread(path)
  const watchers = createWatchers()
  const queue: Job[] = []
  let scheduled = false

  const pump = async () => {
    scheduled = false
    const jobs = takeGroup(queue)
    if (queue.length > 0) schedule()
    if (jobs.length > 0) await commitGroup(thread, jobs, watchers.notify)
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    void thread.exclusively(pump)
  }

  return {
    read: (keys) => thread.exclusively(() => thread.call<StoredContext[]>({ operation: "read", keys })),
    update: (signals, change) =>
      new Promise((resolve, reject) => {
        queue.push({ signals, change, resolve, reject })
        schedule()
      }),
    async log({ keys, after = 0, limit = 1_000 }) {
      const rows = await thread.exclusively(() => thread.call<Row[]>({ operation: "log", keys, after, limit }))
      return rows.map(({ body, ...place }) => ({ ...place, signal: toSignal(body) }))
    },
    watch: watchers.watch,
    close: () => thread.exclusively(() => thread.close()),
  }
}

const takeGroup = (queue: Job[]): readonly Job[] => {
  let size = 0
  const fits = queue.findIndex((job) => {
    size += job.signals.length
    return size > mostInGroup
  })
  return queue.splice(0, fits === -1 ? queue.length : Math.max(1, fits))
}

/** One transaction, one flush for all jobs. If it fails as a group each job has a try of its own, so that none pays for another. */
const commitGroup = async (
  thread: SqliteThread,
  jobs: readonly Job[],
  notify: (added: readonly LoggedSignal[]) => void,
): Promise<void> => {
  try {
    const { updates, added } = await commitTogether(thread, jobs)
    notify(added)
    for (const [index, job] of jobs.entries()) job.resolve(updates[index] ?? { logged: [] })
  } catch (reason) {
    await thread.call({ operation: "rollback" }).catch(() => undefined)
    if (jobs.length === 1) return jobs[0]?.reject(reason)
    for (const job of jobs) await commitGroup(thread, [job], notify)
  }
}

const commitTogether = async (thread: SqliteThread, jobs: readonly Job[]) => {
  const rows = jobs.flatMap(({ signals }) => signals.map(toRow))
  const begun = await thread.call<{
    logged: readonly { seq: number; duplicateOf?: string }[]
    contexts: StoredContext[]
  }>({
    operation: "begin",
    rows,
  })
  const contexts = new Map(begun.contexts.map((context) => [context.key, context]))
  const read = (key: string): StoredContext => contexts.get(key) ?? { key, seq: 0, encoded: undefined }
  const changed = new Map<string, StoredContext>()
  const added: LoggedSignal[] = []
  let place = 0
  const updates = jobs.map(({ signals, change }): StoreUpdate => {
    const logged = begun.logged.slice(place, place + signals.length)
    place += signals.length
    const fresh = signals.flatMap((addressed, index) => {
      const at = logged[index]
      return at && at.duplicateOf === undefined ? [{ seq: at.seq, ...addressed }] : []
    })
    for (const context of changedContexts(fresh, read, change)) {
      contexts.set(context.key, context)
      changed.set(context.key, context)
    }
    added.push(...fresh)
    return {
      logged: logged.map(({ seq, duplicateOf }) =>
        duplicateOf === undefined ? { seq } : { seq, duplicateOf: toSignal(duplicateOf) },
      ),
    }
  })
  await thread.call({ operation: "commit", contexts: [...changed.values()] })
  return { updates, added }
}

const toRow = ({ key, signal, received }: Addressed) => ({
  key,
  received,
  source: signal.source,
  id: signal.id,
  body: JSON.stringify(signal),
})

const toSignal = (body: string): Signal => JSON.parse(body) as Signal
