import { existsSync } from "node:fs"
import type { AuditRecord, LoggedSignal, Signal } from "@tellonce/core"
import { type StoredRecord, toRecord } from "../../store/chain-notes.ts"
import { createLogOperations } from "../../store/create-log-operations.mjs"
import { createOutboxTable } from "../../store/create-outbox-table.mjs"
import { createTrailOperations } from "../../store/create-trail-operations.mjs"
import { openDatabase } from "../../store/sqlite-driver.mjs"
import { migrate } from "../../store/sqlite-schema.mjs"
import { openFailure } from "../../store/store-failure.ts"
import { type FoundContext, toStored } from "../../store/to-stored.ts"
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
  const ask = (operation: string, message: object = {}) => operations[operation]?.(message)
  return {
    async keys({ after = "", limit = 1_000 }) {
      return ask("keys", { after, limit }) as readonly string[]
    },
    async read(keys) {
      const { contexts } = ask("look", { keys, chains: [] }) as { readonly contexts: readonly FoundContext[] }
      return contexts.map(toStored)
    },
    async log({ keys, after = 0, limit = 1_000 }) {
      const rows = ask("log", { keys, after, limit }) as readonly LogRow[]
      return rows.map(({ body, ...row }): LoggedSignal => ({ ...row, signal: JSON.parse(body) as Signal }))
    },
    async audit({ chain, after = 0, limit = 1_000 }) {
      return (ask("audit", { chain, after, limit }) as readonly StoredRecord[]).map((row): AuditRecord => toRecord(row))
    },
    async chains() {
      return ask("chains") as readonly string[]
    },
    remains: createSqliteRemains(database),
    close: async () => void database.close(),
  }
}

type LogRow = Omit<LoggedSignal, "signal"> & { readonly body: string }

const open = (path: string) => {
  try {
    const database = openDatabase(path)
    migrate(database)
    return database
  } catch (thrown) {
    throw openFailure(path, thrown as Error)
  }
}
