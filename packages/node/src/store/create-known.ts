import type { LoggedSignal, StoredContext } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { ChainHead, StoredRecord } from "./chain-notes.ts"
import { onceKey } from "./once-key.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

/** What the thread answers when asked for what is in the file. */
export interface Looked {
  readonly contexts: readonly StoredContext[]
  readonly heads: readonly ChainHead[]
  readonly lastSeq: number
}

/** What this side knows of the file without asking the thread that owns it: nobody else writes there. */
export interface Known {
  /** Asks the thread for what is not known yet. Only while no other work is under way. */
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

export const createKnown = (thread: Pick<SqliteThread, "call">): Known => {
  const stored = new Map<string, StoredContext>()
  const heads = createBoundedMap<ChainHead>(mostChains)
  const signals = createBoundedMap<LoggedSignal>(mostSignals)
  let text = 0
  let lastSeq: number | undefined

  const drop = (key: string) => {
    text -= stored.get(key)?.encoded?.length ?? 0
    stored.delete(key)
  }
  const put = (context: StoredContext) => {
    drop(context.key)
    stored.set(context.key, context)
    text += context.encoded?.length ?? 0
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
    async look(keys, chains) {
      const have = new Map(keys.flatMap((key) => contexts([key]) ?? []).map((context) => [context.key, context]))
      const ends = chains.flatMap((chain) => heads.get(chain) ?? [])
      if (have.size < keys.length || ends.length < chains.length || lastSeq === undefined) {
        const missing = keys.filter((key) => !have.has(key))
        const looked = await thread.call<Looked>({ operation: "look", keys: missing, chains })
        for (const context of looked.contexts) have.set(context.key, context)
        looked.contexts.forEach(put)
        looked.heads.forEach(putHead)
        lastSeq = looked.lastSeq
        ends.splice(0, ends.length, ...looked.heads)
      }
      return { contexts: keys.flatMap((key) => have.get(key) ?? []), heads: ends, lastSeq }
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
