import { createWriteStream } from "node:fs"
import { rm } from "node:fs/promises"
import { dirname } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { TellonceError } from "@tellonce/core"
import { keyList } from "../principal.ts"
import { checkFile } from "./check-file.ts"
import { flush } from "./flush.ts"
import type { TellonceConfig } from "./load-config.ts"

/** Has the service that serves a store write a copy of it, whole and flushed. Throws `backup/…` when it cannot be asked or the copy is cut off. */
export const copyServed = async (
  { keys, host = "127.0.0.1", port = 4400 }: TellonceConfig,
  { url = `http://${host}:${port}`, to }: { readonly url?: string | undefined; readonly to: string },
): Promise<void> => {
  const body = await ask(url, keyList(keys.secret)[0] ?? "")
  try {
    await pipeline(Readable.fromWeb(body), createWriteStream(to, { flags: "wx", mode: 0o600 }))
    const faults = await checkFile(to)
    if (faults.length > 0) throw new TellonceError("backup/broken", `The copy is not whole: ${faults[0]}. Try again.`)
    await flush(to)
    await flush(dirname(to))
  } catch (thrown) {
    await rm(to, { force: true })
    throw thrown
  }
}

const ask = async (url: string, secret: string): Promise<Parameters<typeof Readable.fromWeb>[0]> => {
  const headers = { authorization: `Bearer ${secret}` }
  const response = await fetch(new URL("/v1/backups", url), { method: "POST", headers }).catch((cause: unknown) => {
    throw unreachable(url, cause)
  })
  if (response.ok && response.body) return response.body as Parameters<typeof Readable.fromWeb>[0]
  throw new TellonceError(
    "backup/refused",
    `The service at ${url} answered ${response.status}. Is it this store's, with this configuration's secret key?`,
  )
}

const unreachable = (url: string, cause: unknown) =>
  new TellonceError(
    "backup/unreachable",
    `The store is open in another process, and no service answers at ${url}. Say where it is with --url, or stop that process.`,
    { cause },
  )
