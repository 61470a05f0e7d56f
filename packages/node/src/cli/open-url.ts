import { createRequire } from "node:module"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { type ServiceStore, TellonceError } from "@tellonce/core"
import { createSqliteStore, type SqliteStoreOptions } from "../store/sqlite-store.ts"
import { usageError } from "./usage-error.ts"

/** What the command line needs of `@tellonce/postgres`: a peer, loaded when a store of it is named. */
export interface PostgresPackage {
  createPostgresStore(options: { readonly connection: string }): Promise<ServiceStore>
  migrate(options: {
    readonly connection: string
    readonly role?: string
  }): Promise<{ readonly from: number; readonly to: number }>
}

/** The file that `sqlite:data/shop.db` names; undefined for another kind of store. Throws `cli/usage` for what names no store. */
export const fileOfUrl = (url: string): string | undefined => {
  if (url.startsWith("sqlite:") && url.length > "sqlite:".length) return resolve(url.slice("sqlite:".length))
  if (/^postgres(ql)?:\/\/./.test(url)) return undefined
  // Not repeated: it may hold a password.
  throw usageError('A store is named as "sqlite:data/shop.db" or "postgres://user@host/database".')
}

/** The store that a URL names; close it when done. */
export const openUrl = async (
  url: string,
  options: Pick<SqliteStoreOptions, "onFatal"> = {},
): Promise<ServiceStore> => {
  const path = fileOfUrl(url)
  if (path !== undefined) return createSqliteStore({ ...options, path })
  const { createPostgresStore } = await loadPostgres()
  return createPostgresStore({ connection: url })
}

// By a name that is no literal: it is the user's to install, and bundlers leave it alone.
const name: string = "@tellonce/postgres"

/** Looked for where the command is called, as the configuration's own imports are, then beside this package. */
export const loadPostgres = async (
  load: (found: string) => Promise<unknown> = (found) => import(found),
): Promise<PostgresPackage> => {
  try {
    return (await load(findFrom(resolve("tellonce.config.mjs")) ?? name)) as PostgresPackage
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw thrown
    throw new TellonceError(
      "cli/no_postgres",
      'A PostgreSQL store needs the package "@tellonce/postgres". Install it beside "@tellonce/node": npm install @tellonce/postgres.',
      { cause: thrown },
    )
  }
}

const findFrom = (file: string): string | undefined => {
  try {
    return pathToFileURL(createRequire(file).resolve(name)).href
  } catch {
    return undefined
  }
}
