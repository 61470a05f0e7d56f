import { mkdir, readdir, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { type ServiceStore, type StoredContext, type StoreNews, TellonceError } from "@tellonce/core"
import type { Commit } from "./commit-group.ts"
import { createCommitQueue } from "./commit-queue.ts"
import { createKnown } from "./create-known.ts"
import { createListeners } from "./create-listeners.ts"
import type { Sized } from "./grow-contexts.ts"
import { planSweep } from "./plan-sweep.ts"
import { createReadLog, snapshotMark, sqliteCalls } from "./sqlite-calls.ts"
import { openSqliteThread } from "./sqlite-thread.ts"

export interface SqliteStoreOptions {
  readonly path: string
  /** Bytes of disk kept free for removals, so that they work when the disk is full; 64 MB unless told. */
  readonly reserve?: number
  /** Told once when the disk or the file has failed and the store has closed. End the process with an error: a restart recovers. */
  readonly onFatal?: (failure: TellonceError) => void
}

/**
 * The embedded store: one SQLite file, one thread that owns it, group commit. What `update` has answered is flushed to the disk.
 * Rejects with `store/locked` when another process has the file open, and with `config/store_path` for a path that names no file.
 */
export const createSqliteStore = async (options: SqliteStoreOptions): Promise<ServiceStore> => {
  const { path, reserve = 64 * 1024 * 1024, onFatal = () => {} } = options
  if (!isFile(path)) throw noFile()
  await mkdir(dirname(path), { recursive: true })
  const thread = await openSqliteThread({
    path,
    reserve,
    onFatal(failure) {
      known.forget()
      onFatal(failure)
    },
  })
  await removeSnapshots(path)
  const { exclusively, call } = thread
  const known = createKnown(thread)
  const news = createListeners<StoreNews>()
  const commits = createListeners<Commit>()
  const { update } = createCommitQueue({
    thread,
    known,
    onAdded: (added) => news.tell({ added, swept: [] }),
    onCommit: commits.tell,
  })
  const readLog = createReadLog(thread)

  return {
    ...sqliteCalls(thread, path),
    async read(keys) {
      const find = async () => (await known.find({ keys, chains: [], signals: [] })).contexts
      return (known.contexts(keys) ?? (await exclusively(find))).map(toContext)
    },
    update,
    log: ({ keys, after = 0, limit = 1_000 }) => exclusively(() => readLog(keys, after, limit)),
    watch: news.listen,
    onCommit: commits.listen,
    async note(notes) {
      await update([], () => "", notes)
    },
    sweep: (keys, change, notes = []) =>
      exclusively(async () => {
        const plan = await planSweep({ thread, readLog }, keys, change, notes)
        known.forget()
        await call({ operation: "sweep", ...plan })
        news.tell({ added: [], swept: keys })
      }),
    close: () =>
      exclusively(() => {
        known.forget()
        return thread.close()
      }),
  }
}

/** How large it is concerns nobody else. */
const toContext = ({ tailText: _, ...context }: Sized): StoredContext => context

/** Copies that a process left when it ended while somebody read them. Only once the file is ours. */
const removeSnapshots = async (path: string): Promise<void> => {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${basename(path)}${snapshotMark}`)) await rm(join(folder, name), { force: true })
  }
}

/** For SQLite no name is a file that goes when it is closed, and `:memory:` none at all: neither keeps what has been answered for. */
const isFile = (path: unknown): boolean => typeof path === "string" && path !== "" && !path.startsWith(":memory:")

const noFile = () =>
  new TellonceError(
    "config/store_path",
    "A SQLite store needs the path of a file. Name one; createMemoryStore keeps nothing beyond the process.",
  )
