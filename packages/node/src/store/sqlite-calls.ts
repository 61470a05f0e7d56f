import { randomUUID } from "node:crypto"
import { rm } from "node:fs/promises"
import type { LeasedOutgoing, LoggedSignal, Millis, ServiceStore, Signal } from "@tellonce/core"
import { type StoredRecord, toRecord } from "./chain-notes.ts"
import type { ReadLog } from "./plan-sweep.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

interface Row {
  readonly seq: number
  readonly key: string
  readonly received: Millis
  readonly body: string
}

/** What is known of duplicates, looked at in one go by `prune`. */
const slice = 5_000

/** How the thread is asked for the log, page by page. Only within `exclusively`. */
export const createReadLog =
  ({ call }: Pick<SqliteThread, "call">): ReadLog =>
  async (keys, after, limit) =>
    (await call<readonly Row[]>({ operation: "log", keys, after, limit })).map(toLogged)

const toLogged = ({ body, ...place }: Row): LoggedSignal => ({ ...place, signal: JSON.parse(body) as Signal })

/** The parts of the store that are one call to its thread, or several that need not come together. */
export const sqliteCalls = (
  { call, exclusively }: SqliteThread,
  path: string,
): Pick<ServiceStore, "audit" | "chains" | "keys" | "prune" | "once" | "put" | "lease" | "settle" | "snapshot"> => ({
  async audit({ chain, after = 0, limit = 1_000 }) {
    const message = { operation: "audit", chain, after, limit }
    return (await exclusively(() => call<readonly StoredRecord[]>(message))).map(toRecord)
  },
  chains: () => exclusively(() => call<readonly string[]>({ operation: "chains" })),
  keys: ({ after = "", limit = 1_000 }) =>
    exclusively(() => call<readonly string[]>({ operation: "keys", after, limit })),
  async prune(before) {
    let from: readonly string[] | undefined = ["", "", ""]
    while (from !== undefined) {
      const message: Parameters<typeof call>[0] = { operation: "prune", before, from, slice }
      from = await exclusively(() => call<readonly string[] | undefined>(message))
    }
  },
  once: (name, until) => exclusively(() => call<boolean>({ operation: "once", name, until })),
  put: (outgoing) => exclusively(() => call({ operation: "put", outgoing })),
  lease: (query) => exclusively(() => call<readonly LeasedOutgoing[]>({ operation: "lease", query })),
  settle: (settled) => exclusively(() => call({ operation: "settle", settled })),
  async snapshot() {
    const to = `${path}${snapshotMark}${randomUUID()}`
    try {
      await exclusively(() => call({ operation: "snapshot", to }))
      return to
    } catch (thrown) {
      await rm(to, { force: true })
      throw thrown
    }
  },
})

/** In the name of a file that is a copy, after the store's own name. */
export const snapshotMark = "-snapshot-"
