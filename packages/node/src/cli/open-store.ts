import { resolve } from "node:path"
import type { ServiceStore } from "@tellonce/core"
import { createSqliteStore, type SqliteStoreOptions } from "../store/sqlite-store.ts"
import { isThere } from "./is-there.ts"
import type { TellonceConfig } from "./load-config.ts"
import { fileOfUrl, openUrl } from "./open-url.ts"
import { usageError } from "./usage-error.ts"

export type OpenStoreOptions = Pick<SqliteStoreOptions, "onFatal">

/** The store of a configuration; close it when done. */
export const openStore = async (
  { store }: Pick<TellonceConfig, "store">,
  options: OpenStoreOptions = {},
): Promise<ServiceStore> => {
  if (typeof store === "function") return store()
  return "url" in store ? openUrl(store.url, options) : createSqliteStore({ ...options, path: resolve(store.path) })
}

/** Does this with the store of a configuration, and closes it whatever happens. */
export const withStore = async <Result>(
  config: Pick<TellonceConfig, "store">,
  work: (store: ServiceStore) => Promise<Result>,
): Promise<Result> => {
  const store = await openStore(config)
  try {
    return await work(store)
  } finally {
    await store.close?.()
  }
}

/** Throws `cli/usage` where the store is a file that is not there: opening it would make an empty one, in which all is well. */
export const demandStore = async ({ store }: Pick<TellonceConfig, "store">): Promise<void> => {
  const path = fileIfAny(store)
  if (path !== undefined && !(await isThere(path))) throw usageError(`There is no store at "${path}".`)
}

/** The file of the store; undefined when it has none. */
export const fileIfAny = (store: TellonceConfig["store"]): string | undefined => {
  if (typeof store === "function") return undefined
  return "url" in store ? fileOfUrl(store.url) : resolve(store.path)
}

/** The file of the store. Throws `cli/usage` for a store that is no file: its own tools copy it. */
export const storeFile = ({ store }: Pick<TellonceConfig, "store">): string => {
  const path = fileIfAny(store)
  if (path !== undefined) return path
  throw usageError('Only a store given as { path: "…" } can be copied here. Use the tools of your database.')
}
