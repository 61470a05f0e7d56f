import type { ServiceStore } from "@tellonce/core"
import { createLinker } from "./audit/create-linker.ts"
import { createTrail } from "./audit/create-trail.ts"
import { createDatabase, type Database } from "./connection/create-database.ts"
import { lateness as latest } from "./connection/run-transaction.ts"
import { toTarget } from "./connection/to-target.ts"
import { lookAtHealth, type PostgresHealth } from "./health.ts"
import { createListeners } from "./live/create-listeners.ts"
import { createLive } from "./live/create-live.ts"
import { createOutbox } from "./outbox/create-outbox.ts"
import { tenantsOf } from "./place/place-of.ts"
import type { PostgresOptions } from "./postgres-options.ts"
import { readContexts } from "./read/read-contexts.ts"
import { readKeys } from "./read/read-keys.ts"
import { readLog } from "./read/read-log.ts"
import { demandSchema, migrate } from "./schema/migrate.ts"
import { readSettings } from "./schema/read-settings.ts"
import { prune } from "./sweep/prune.ts"
import { sweepKeys } from "./sweep/sweep-keys.ts"
import { type Commit, createWriter } from "./write/create-writer.ts"

export interface PostgresStore extends ServiceStore {
  health(): Promise<PostgresHealth>
  /** Finishes what was asked for and ends all connections. */
  close(): Promise<void>
}

/**
 * A store that any number of service nodes share: no node owns a customer. Rejects with `store/unavailable` when no host takes writes, and
 * goes on by itself when one does.
 */
export const createPostgresStore = async (options: PostgresOptions): Promise<PostgresStore> => {
  const { connections = 10, lanes = 4, statementTimeout = 5_000, patience = 10_000, listen } = options
  await (options.migrate === false ? demandSchema(options) : migrate(options))
  const database = createDatabase({ ...options, connections, statementTimeout, patience })
  const settings = await readSettings(database).catch(async (thrown) => {
    await database.close()
    throw thrown
  })
  const target = listen === false ? undefined : toTarget({ ...options, connection: listen ?? options.connection })
  // Places are microseconds.
  const lateness = latest(statementTimeout) * 1_000
  const live = createLive({ database, target, lateness, ...settings })
  const commits = createListeners<Commit>()
  const writer = createWriter({ database, lanes, onAdded: live.added, onCommit: commits.tell })
  const trail = createTrail(database)
  const linker = createLinker(trail.link)
  const reading = readingFrom(database)

  return {
    ...reading,
    ...createOutbox(database),
    lateness,
    watch: live.watch,
    onCommit: commits.listen,
    async update(signals, fold, notes = []) {
      const update = await writer.update({ signals, fold, notes })
      if (notes.length > 0) linker.soon()
      return update
    },
    async note(notes) {
      await writer.update({ signals: [], fold: () => "", notes })
      linker.soon()
    },
    audit: trail.audit,
    chains: trail.chains,
    async sweep(keys, change, notes = []) {
      await sweepKeys(database, { keys, change, notes, tell: live.tellSwept })
      live.swept(keys)
      linker.soon()
    },
    prune: (before) => prune(database, before),
    health: () => lookAtHealth(database, { waiting: writer.waiting, isListening: live.isListening }),
    async close() {
      await writer.idle()
      await live.close()
      await linker.close()
      await database.close()
    },
  }
}

/** Each in one round trip, and of one moment. */
const readingFrom = (database: Database): Pick<ServiceStore, "read" | "log" | "keys"> => ({
  read: (keys) => database.transaction(tenantsOf(keys), (transaction) => readContexts(transaction, keys)),
  log: (query) => database.transaction(tenantsOf(query.keys), (transaction) => readLog(transaction, query)),
  keys: (query) => database.transaction(["*"], (transaction) => readKeys(transaction, query)),
})
