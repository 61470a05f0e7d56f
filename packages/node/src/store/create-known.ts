import type { Addressed, StoredContext } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { ChainHead } from "./chain-notes.ts"
import { createTaken, type Taken } from "./create-taken.ts"
import { onceKey } from "./once-key.ts"
import type { Found, Plan } from "./plan.ts"
import type { SqliteThread } from "./sqlite-thread.ts"
import { type FoundContext, toStored } from "./to-stored.ts"

/** What the thread answers when asked for what is in the file. */
export interface Looked {
  readonly contexts: readonly StoredContext[]
  readonly heads: readonly ChainHead[]
  readonly lastSeq: number
  /** The signals asked for that are in the file, by their `onceKey`. */
  readonly found: ReadonlyMap<string, Found>
}

/** Which part of the file a piece of work needs. */
export interface Wanted {
  readonly keys: readonly string[]
  readonly chains: readonly string[]
  /** Signals that may be there already. */
  readonly signals: readonly Addressed[]
}

/** Asks the thread for what is in the file. */
export const look = async (thread: Pick<SqliteThread, "call">, { keys, chains, signals }: Wanted): Promise<Looked> => {
  type Answer = Pick<Looked, "heads" | "lastSeq"> & {
    readonly contexts: readonly FoundContext[]
    readonly found: readonly (Found | null)[]
  }
  const places = signals.map(({ key, signal: { source, id } }) => ({ key, source, id }))
  const { contexts, found, ...rest } = await thread.call<Answer>({ operation: "look", keys, chains, places })
  return { ...rest, contexts: contexts.map(toStored), found: toFound(signals, found) }
}

/** The places of those that were found, in the order they were asked for. */
export const toFound = (signals: readonly Addressed[], places: readonly (Found | null)[]): ReadonlyMap<string, Found> =>
  new Map(
    signals.flatMap((signal, index) => {
      const place = places[index]
      return place ? [[onceKey(signal), place] as const] : []
    }),
  )

/** What this side knows of the file without asking the thread that owns it: nobody else writes there. */
export interface Known extends Pick<Taken, "mayHold" | "signal"> {
  /** What was there: at once where all of it is known, else by asking the thread. Only while no other work is under way. */
  find(wanted: Wanted): Looked | Promise<Looked>
  /** The contexts of these keys, or undefined unless all are known. */
  contexts(keys: readonly string[]): readonly StoredContext[] | undefined
  /** Once it is in the file. */
  keep(written: Written): void
  forget(): void
}

export type Written = Pick<Plan, "added" | "contexts" | "lastSeq" | "records">

/** Characters of contexts that are known at a time; the longest unused go first. */
const mostText = 8 * 1024 * 1024
const mostChains = 1_000

/** About: a signal of a tail is some 200 characters. */
const sizeOf = (context: StoredContext | undefined): number =>
  context === undefined ? 0 : (context.encoded?.length ?? 0) + 200 * context.tail.length

export const createKnown = (thread: Pick<SqliteThread, "call">): Known => {
  const stored = new Map<string, StoredContext>()
  const heads = createBoundedMap<ChainHead>(mostChains)
  const taken = createTaken()
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

  const recall = ({ keys, chains, signals }: Wanted): Looked | undefined => {
    const found = contexts(keys)
    const ends = chains.flatMap((chain) => heads.get(chain) ?? [])
    if (found === undefined || ends.length < chains.length || lastSeq === undefined || signals.length > 0)
      return undefined
    return { contexts: found, heads: ends, lastSeq, found: new Map() }
  }
  const ask = async ({ keys, ...wanted }: Wanted): Promise<Looked> => {
    const have = new Map(keys.flatMap((key) => contexts([key]) ?? []).map((context) => [context.key, context]))
    const missing = keys.filter((key) => !have.has(key))
    const looked = await look(thread, { ...wanted, keys: missing })
    for (const context of looked.contexts) have.set(context.key, context)
    looked.contexts.forEach(put)
    looked.heads.forEach(putHead)
    lastSeq = looked.lastSeq
    return { ...looked, contexts: keys.flatMap((key) => have.get(key) ?? []) }
  }

  return {
    ...taken,
    contexts,
    find: (wanted) => recall(wanted) ?? ask(wanted),
    keep(written) {
      written.contexts.forEach(put)
      written.records.forEach(putHead)
      taken.add(written.added)
      lastSeq = written.lastSeq
    },
    forget() {
      stored.clear()
      heads.clear()
      taken.forget()
      text = 0
      lastSeq = undefined
    },
  }
}
