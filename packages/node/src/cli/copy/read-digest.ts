import { createHash } from "node:crypto"
import { type ContextDefinition, canonical, type Json, type ServiceStore } from "@tellonce/core"
import { toDocument } from "../../stored-context.ts"
import { walkLog } from "../../walk-store.ts"

/** What two stores that hold the same of a key agree on. Their places in the log are their own. */
export interface KeyDigest {
  /** SHA-256 of the canonical context. */
  readonly context: string
  /** SHA-256 of the signals in order, with when they were received. */
  readonly log: string
}

export const readDigest = async (
  definition: ContextDefinition,
  store: Pick<ServiceStore, "read" | "log">,
  key: string,
): Promise<KeyDigest> => {
  const [stored] = await store.read([key])
  const log = createHash("sha256")
  for await (const rows of walkLog(store, key)) {
    for (const { received, signal } of rows) log.update(canonical({ received, signal: signal as unknown as Json }))
  }
  const context = createHash("sha256").update(toDocument(definition, stored ?? nothing))
  return { context: context.digest("hex"), log: log.digest("hex") }
}

const nothing = { key: "", seq: 0, encoded: undefined, tail: [] }

export const isSame = (a: KeyDigest, b: KeyDigest): boolean => a.context === b.context && a.log === b.log
