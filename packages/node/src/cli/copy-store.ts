import { rm } from "node:fs/promises"
import { dirname } from "node:path"
import { TellonceError } from "@tellonce/core"
import Database from "libsql"
import { flush } from "./flush.ts"

/** Writes a store's file into a new one, with what is still in its write-ahead log, flushed. Throws `store/locked` while it is served. */
export const copyStore = async (from: string, to: string): Promise<void> => {
  try {
    const database = new Database(from)
    try {
      database.prepare("VACUUM INTO ?").run(to)
    } finally {
      database.close()
    }
    await flush(to)
    await flush(dirname(to))
  } catch (thrown) {
    if (isLocked(thrown)) throw locked(from, thrown)
    await rm(to, { force: true })
    throw thrown
  }
}

const isLocked = (thrown: unknown): boolean => thrown instanceof Error && /locked|busy/i.test(thrown.message)

const locked = (path: string, cause: unknown) =>
  new TellonceError("store/locked", `"${path}" is open in another process. Stop the service, and copy again.`, {
    cause,
  })
