import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { AuditRecord, Json, LoggedSignal, Millis, ServiceStore, Signal, TellonceError } from "@tellonce/core"
import type { StoredRecord } from "./chain-notes.ts"
import { commitGroup, type Job } from "./commit-group.ts"
import { createKnown } from "./create-known.ts"
import { planSweep, type ReadLog } from "./plan-sweep.ts"
import { openSqliteThread } from "./sqlite-thread.ts"
import { createWatchers } from "./watchers.ts"

export interface SqliteStoreOptions {
  readonly path: string
  /** Bytes of disk kept free for removals, so that they work when the disk is full; 64 MB unless told. */
  readonly reserve?: number
  /** Told once when the disk or the file has failed and the store has closed. End the process with an error: a restart recovers. */
  readonly onFatal?: (failure: TellonceError) => void
}

interface Row {
  readonly seq: number
  readonly key: string
  readonly received: Millis
  readonly body: string
}

/** Signals in one flush: as many as queued while the last flush ran, and no more than this. */
const mostInGroup = 500
/** What is known of duplicates, looked at in one go by `prune`. */
const slice = 5_000

/**
 * The embedded store: one SQLite file, one thread that owns it, group commit. What `update` has answered is flushed to the disk.
 * Rejects with `store/locked` when another process has the file open.
 */
export const createSqliteStore = async (options: SqliteStoreOptions): Promise<ServiceStore> => {
  const { path, reserve = 64 * 1024 * 1024, onFatal = () => {} } = options
  await mkdir(dirname(path), { recursive: true })
  const thread = await openSqliteThread({
    path,
    reserve,
    onFatal(failure) {
      known.forget()
      onFatal(failure)
    },
  })
  const { exclusively, call } = thread
  const known = createKnown(thread)
  const watchers = createWatchers()
  const queue: Job[] = []
  let scheduled = false

  const pump = async () => {
    scheduled = false
    const jobs = takeGroup(queue)
    if (queue.length > 0) schedule()
    if (jobs.length > 0) await commitGroup({ thread, known, notify: watchers.notify }, jobs)
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    void exclusively(pump)
  }
  const update: ServiceStore["update"] = (signals, change, notes = []) =>
    new Promise((resolve, reject) => {
      queue.push({ signals, change, notes, resolve, reject })
      schedule()
    })
  const readLog: ReadLog = async (keys, after, limit) =>
    (await call<readonly Row[]>({ operation: "log", keys, after, limit })).map(toLogged)

  return {
    read: async (keys) => known.contexts(keys) ?? exclusively(async () => (await known.look(keys, [])).contexts),
    update,
    log: ({ keys, after = 0, limit = 1_000 }) => exclusively(() => readLog(keys, after, limit)),
    watch: watchers.watch,
    async note(notes) {
      await update([], () => "", notes)
    },
    async audit({ chain, after = 0, limit = 1_000 }) {
      const message = { operation: "audit", chain, after, limit }
      return (await exclusively(() => call<readonly StoredRecord[]>(message))).map(toRecord)
    },
    chains: () => exclusively(() => call<readonly string[]>({ operation: "chains" })),
    keys: ({ after = "", limit = 1_000 }) =>
      exclusively(() => call<readonly string[]>({ operation: "keys", after, limit })),
    sweep: (keys, change, notes = []) =>
      exclusively(async () => {
        const plan = await planSweep({ thread, readLog }, keys, change, notes)
        known.forget()
        await call({ operation: "sweep", ...plan })
      }),
    async prune(before) {
      let from: readonly string[] | undefined = ["", "", ""]
      while (from !== undefined) {
        const message: Parameters<typeof call>[0] = { operation: "prune", before, from, slice }
        from = await exclusively(() => call<readonly string[] | undefined>(message))
      }
    },
    once: (name, until) => exclusively(() => call<boolean>({ operation: "once", name, until })),
    close: () =>
      exclusively(() => {
        known.forget()
        return thread.close()
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

const toLogged = ({ body, ...place }: Row): LoggedSignal => ({ ...place, signal: JSON.parse(body) as Signal })

const toRecord = ({ entry, ...record }: StoredRecord): AuditRecord => ({
  ...record,
  entry: JSON.parse(entry) as Readonly<Record<string, Json>>,
})
