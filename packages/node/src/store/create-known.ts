import type { LoggedSignal, StoredContext } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { ChainHead, StoredRecord } from "./chain-notes.ts"
import { onceKey } from "./once-key.ts"
import type { SqliteThread } from "./sqlite-thread.ts"
import { type FoundContext, toStored } from "./to-stored.ts"

/** What the thread answers when asked for what is in the file. */
export interface Looked {
  readonly contexts: readonly StoredContext[]
  readonly heads: readonly ChainHead[]
  readonly lastSeq: number
}

/** Asks the thread for what is in the file. */
export const look = async (
  thread: Pick<SqliteThread, "call">,
  keys: readonly string[],
  chains: readonly string[],
): Promise<Looked> => {
  type Answer = Omit<Looked, "contexts"> & { readonly contexts: readonly FoundContext[] }
  const { contexts, ...rest } = await thread.call<Answer>({ operation: "look", keys, chains })
  return { ...rest, contexts: contexts.map(toStored) }
}

/** What this side knows of the file without asking the thread that owns it: nobody else writes there. */
export interface Known {
  /** What was there, where all of it is known. */
  recall(keys: readonly string[], chains: readonly string[]): Looked | undefined
  /** The same, asking the thread for what is not known yet. Only while no other work is under way. */
  look(keys: readonly string[], chains: readonly string[]): Promise<Looked>
  /** A signal written not long ago: what is sent again is mostly sent again soon. */
  signal(once: string): LoggedSignal | undefined
  /** The contexts of these keys, or undefined unless all are known. */
  contexts(keys: readonly string[]): readonly StoredContext[] | undefined
  /** Once it is in the file. */
  keep(written: Written): void
  forget(): void
}

export interface Written extends Pick<Looked, "contexts" | "lastSeq"> {
  readonly added: readonly LoggedSignal[]
  readonly records: readonly StoredRecord[]
}

/** Characters of contexts that are known at a time; the longest unused go first. */
const mostText = 16 * 1024 * 1024
const mostChains = 1_000
const mostSignals = 10_000

/** About: a signal of a tail is some 200 characters. */
const sizeOf = (context: StoredContext | undefined): number =>
  context === undefined ? 0 : (context.encoded?.length ?? 0) + 200 * context.tail.length

export const createKnown = (thread: Pick<SqliteThread, "call">): Known => {
  const stored = new Map<string, StoredContext>()
  const heads = createBoundedMap<ChainHead>(mostChains)
  const signals = createBoundedMap<LoggedSignal>(mostSignals)
  let text = 0
  let lastSeq: number | undefined

  const drop = (key: string) => {
    text -= sizeOf(stored.get(key))
    stored.delete(key)
  }
  const put = (context: StoredContext) => {
    drop(context.key)
    stored.set(context.key, context)
    text += sizeOf(context)
    for (const key of stored.keys()) {
      if (text <= mostText && stored.size <= mostText / 1_024) break
      drop(key)
    }
  }
  const putHead = (head: ChainHead) => heads.set(head.chain, head)

  const contexts: Known["contexts"] = (keys) => {
    const found: StoredContext[] = []
    for (const key of keys) {
      const context = stored.get(key)
      if (context === undefined) return undefined
      found.push(context)
    }
    for (const context of found) {
      stored.delete(context.key)
      stored.set(context.key, context)
    }
    return found
  }

  return {
    contexts,
    signal: signals.get,
    recall(keys, chains) {
      const found = contexts(keys)
      const ends = chains.flatMap((chain) => heads.get(chain) ?? [])
      if (found === undefined || ends.length < chains.length || lastSeq === undefined) return undefined
      return { contexts: found, heads: ends, lastSeq }
    },
    async look(keys, chains) {
      const have = new Map(keys.flatMap((key) => contexts([key]) ?? []).map((context) => [context.key, context]))
      const missing = keys.filter((key) => !have.has(key))
      const looked = await look(thread, missing, chains)
      for (const context of looked.contexts) have.set(context.key, context)
      looked.contexts.forEach(put)
      looked.heads.forEach(putHead)
      lastSeq = looked.lastSeq
      return { ...looked, contexts: keys.flatMap((key) => have.get(key) ?? []) }
    },
    keep(written) {
      written.contexts.forEach(put)
      written.records.forEach(putHead)
      for (const logged of written.added) signals.set(onceKey(logged), logged)
      lastSeq = written.lastSeq
    },
    forget() {
      stored.clear()
      heads.clear()
      signals.clear()
      text = 0
      lastSeq = undefined
    },
  }
}
