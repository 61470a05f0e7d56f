import { type Fields, identityKey } from "@tellonce/core"
import type { ClientOptions } from "../client-options.ts"
import { type ClientStorage, createIndexedDbStorage, createMemoryStorage } from "./client-storage.ts"

/** The disk where there is one, under a name of this service, definition and holder: two shops on one origin stay apart. */
export const createDefaultStorage = <F extends Fields>({
  context,
  url,
  key,
  identity,
}: ClientOptions<F>): ClientStorage => {
  if (typeof indexedDB === "undefined") return createMemoryStorage()
  // A secret or a token must not become the name of a database; a publishable key is public.
  const holder = key.startsWith("pk_") ? key : identity ? identityKey(identity) : "token"
  return createIndexedDbStorage({ name: `tellonce ${context.name} ${url} ${holder}` })
}
