import { existsSync } from "node:fs"
import type { AuditRecord } from "@tellonce/core"
import { type StoredRecord, toRecord } from "../../store/chain-notes.ts"
import { look } from "../../store/create-known.ts"
import { createLogOperations } from "../../store/create-log-operations.mjs"
import { createOutboxTable } from "../../store/create-outbox-table.mjs"
import { createTrailOperations } from "../../store/create-trail-operations.mjs"
import { createReadLog } from "../../store/sqlite-calls.ts"
import { openDatabase } from "../../store/sqlite-driver.mjs"
import { migrate } from "../../store/sqlite-schema.mjs"
import type { SqliteThread } from "../../store/sqlite-thread.ts"
import { openFailure } from "../../store/store-failure.ts"
import { usageError } from "../usage-error.ts"
import type { CopySource } from "./copy-source.ts"
import { createSqliteRemains } from "./sqlite-remains.ts"

/** A store's file, read by one connection without the thread that serves it. Throws `store/locked` when it is served. */
export const openSqliteSource = (path: string): CopySource => {
  // SQLite would make a new one.
  if (!existsSync(path)) throw usageError(`There is no store at "${path}".`)
  const database = open(path)
  const outbox = createOutboxTable(database)
  const operations = { ...createLogOperations(database, outbox), ...createTrailOperations(database, outbox) }
  const ask = <Answer>(message: { readonly operation: string; readonly [member: string]: unknown }) =>
    operations[message.operation]?.(message) as Answer
  // What the store asks its thread, asked of the same code here.
  const thread: Pick<SqliteThread, "call"> = { call: async (message) => ask(message) }
  const readLog = createReadLog(thread)
  return {
    keys: async ({ after = "", limit = 1_000 }) => ask<readonly string[]>({ operation: "keys", after, limit }),
    read: async (keys) => (await look(thread, { keys, chains: [], signals: [] })).contexts,
    log: ({ keys, after = 0, limit = 1_000 }) => readLog(keys, after, limit),
    async audit({ chain, after = 0, limit = 1_000 }) {
      return ask<readonly StoredRecord[]>({ operation: "audit", chain, after, limit }).map(
        (row): AuditRecord => toRecord(row),
      )
    },
    chains: async () => ask<readonly string[]>({ operation: "chains" }),
    remains: createSqliteRemains(database),
    close: async () => void database.close(),
  }
}

const open = (path: string) => {
  try {
    const database = openDatabase(path)
    migrate(database)
    return database
  } catch (thrown) {
    throw openFailure(path, thrown as Error)
  }
}
