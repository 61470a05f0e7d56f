import type { Addressed } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { ChainHead } from "./chain-notes.ts"
import { createRecentContexts, type RecentContexts } from "./create-recent-contexts.ts"
import { createTaken, type Taken } from "./create-taken.ts"
import type { Sized } from "./grow-contexts.ts"
import { onceKey } from "./once-key.ts"
import type { Found, Plan } from "./plan.ts"
import type { SqliteThread } from "./sqlite-thread.ts"
import { type FoundContext, toStored } from "./to-stored.ts"

/** What the thread answers when asked for what is in the file. */
export interface Looked {
  readonly contexts: readonly Sized[]
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
export interface Known extends Pick<Taken, "mayHold" | "signal">, Pick<RecentContexts, "contexts"> {
  /** What was there: at once where all of it is known, else by asking the thread. Only while no other work is under way. */
  find(wanted: Wanted): Looked | Promise<Looked>
  /** Once it is in the file. */
  keep(written: Written): void
  forget(): void
}

export type Written = Pick<Plan, "added" | "columns" | "contexts" | "lastSeq" | "records">

const mostChains = 1_000

export const createKnown = (thread: Pick<SqliteThread, "call">): Known => {
  const { contexts, put, clear } = createRecentContexts()
  const heads = createBoundedMap<ChainHead>(mostChains)
  const taken = createTaken()
  let lastSeq: number | undefined

  const putHead = (head: ChainHead) => heads.set(head.chain, head)

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
      taken.add(written.added, written.columns.bodies)
      lastSeq = written.lastSeq
    },
    forget() {
      clear()
      heads.clear()
      taken.forget()
      lastSeq = undefined
    },
  }
}
