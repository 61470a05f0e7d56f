import { TellonceError } from "@tellonce/core"

/** SQLite's refusal as the store's. `store/full` passes by itself when there is room again; after `store/failed` nothing was kept. */
export const storeFailure = (code: string | undefined, text: string): TellonceError =>
  code === "SQLITE_FULL"
    ? new TellonceError(
        "store/full",
        "The disk is full, so nothing of this was kept. Reading goes on, and writing when there is room again: free some, and send it again.",
      )
    : new TellonceError(
        "store/failed",
        `The store could not do this (${code ?? "unknown"}: ${text}). Nothing of it was kept; try again.`,
      )

/** The disk broke its word. Pages it failed to write may read as if they were written, so only a restart can tell what is there. */
export const storeEnd = (code: string | undefined, text: string): TellonceError =>
  new TellonceError(
    "store/failed",
    `The disk or the file failed (${code ?? "unknown"}: ${text}). The store is closed: check the disk and restart the process.`,
  )

export const openFailure = (path: string, thrown: Error & { code?: string }): TellonceError =>
  thrown.code === "SQLITE_BUSY" || /locked/.test(thrown.message)
    ? new TellonceError(
        "store/locked",
        `"${path}" is open in another process. Stop that one, or give this one a file of its own.`,
        { cause: thrown },
      )
    : new TellonceError("store/open", `"${path}" cannot be opened as a store: ${thrown.message}.`, { cause: thrown })
