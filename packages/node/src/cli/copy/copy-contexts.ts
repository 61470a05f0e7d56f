import {
  type Addressed,
  type ContextDefinition,
  encodeContext,
  joinContexts,
  type ServiceStore,
  type StoredContext,
} from "@tellonce/core"
import { createFold } from "../../ingest/create-fold.ts"
import { contextOf, toDocument } from "../../stored-context.ts"
import { walkKeys, walkLog } from "../../walk-store.ts"
import { isSame, readDigest } from "./read-digest.ts"

export interface CopyContexts {
  readonly definition: ContextDefinition
  readonly from: Pick<ServiceStore, "keys" | "read" | "log">
  readonly to: Pick<ServiceStore, "read" | "log" | "update" | "sweep">
  /** Told after each page how many keys were done in it. */
  readonly onKeys: (keys: number) => void
}

/**
 * Copies logs, then what the contexts know beyond them. What is there already is passed over, so that a copy that was cut off goes on.
 * Answers how many keys were not there.
 */
export const copyContexts = async (options: CopyContexts): Promise<number> => {
  const { definition, from, to, onKeys } = options
  const fold = createFold(definition)
  let copied = 0
  for await (const keys of walkKeys(from)) {
    const missing = await differing(options, keys)
    for (const batch of await gather(from, missing)) await to.update(batch, fold.fold)
    await copyDocuments(options, missing)
    copied += missing.length
    onKeys(keys.length)
  }
  return copied
}

const differing = async ({ definition, from, to }: CopyContexts, keys: readonly string[]) => {
  const found: string[] = []
  for (const key of keys) {
    const [theirs, ours] = await Promise.all([readDigest(definition, from, key), readDigest(definition, to, key)])
    if (!isSame(theirs, ours)) found.push(key)
  }
  return found
}

const perUpdate = 500

/** The signals of these keys, each key's in order, in updates of a fair size. */
const gather = async (from: CopyContexts["from"], keys: readonly string[]): Promise<readonly Addressed[][]> => {
  const batches: Addressed[][] = []
  for (const key of keys) {
    for await (const rows of walkLog(from, key)) {
      const last = batches.at(-1)
      const batch = last === undefined || last.length >= perUpdate ? [] : last
      if (batch !== last) batches.push(batch)
      for (const { received, signal } of rows) batch.push({ key, received, signal })
    }
  }
  return batches
}

/** A context may know more than what is left of its log: retention shortens the log, and an import joins what came without one. */
const copyDocuments = async ({ definition, from, to }: CopyContexts, keys: readonly string[]) => {
  const [theirs, ours] = await Promise.all([from.read(keys), to.read(keys)])
  const joined = new Map<string, StoredContext>()
  for (const [index, stored] of theirs.entries()) {
    const there = ours[index]
    const isThere = there !== undefined && toDocument(definition, there) === toDocument(definition, stored)
    if (!isThere) joined.set(stored.key, stored)
  }
  if (joined.size === 0) return
  await to.sweep([...joined.keys()], {
    context(stored) {
      const known = joined.get(stored.key)
      return known && encodeContext(joinContexts(contextOf(definition, stored), contextOf(definition, known)))
    },
    signal: ({ signal }) => signal,
  })
}
