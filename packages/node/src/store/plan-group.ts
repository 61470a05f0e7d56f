import type {
  Addressed,
  AuditNote,
  LoggedSignal,
  Outgoing,
  Signal,
  Store,
  StoredContext,
  StoreUpdate,
} from "@tellonce/core"
import { chainNotes, headsIn } from "./chain-notes.ts"
import type { Known, Looked } from "./create-known.ts"
import { growContexts } from "./grow-contexts.ts"
import { onceKey } from "./once-key.ts"

/** One caller's update. */
export interface Update {
  readonly signals: readonly Addressed[]
  readonly fold: Parameters<Store["update"]>[1]
  readonly notes: readonly AuditNote[]
}

/** A signal as the thread is given it. */
export type Row = readonly [seq: number, key: string, source: string, id: string, received: number, body: string]

/** Rows on their way to the thread: as one text, which costs less to hand over than its parts. */
export interface Rows {
  readonly count: number
  /** A list of `Row`. */
  readonly json: string
}

/** A document as it is written, with the place of the last signal in it: later ones in the log are its tail. */
export type Document = Pick<StoredContext, "key" | "seq"> & { readonly encoded: string }

/** A signal that is in the file already. `body` is null when what it said has been swept. */
export interface Found {
  readonly seq: number
  readonly body: string | null
}

export interface Before extends Looked {
  /** Signals known to be in the file. */
  readonly signal: Known["signal"]
  /** Those that turned out to be there. */
  readonly found: ReadonlyMap<string, Found>
}

/** Works out what a group of updates writes, given what was there before. */
export const planGroup = (updates: readonly Update[], looked: Before) => {
  const contexts = new Map(looked.contexts.map((context) => [context.key, context]))
  const read = (key: string): StoredContext => contexts.get(key) ?? { key, seq: 0, encoded: undefined, tail: [] }
  const changed = new Map<string, StoredContext>()
  const documents = new Map<string, Document>()
  const outgoing: Outgoing[] = []
  const added: LoggedSignal[] = []
  const ownPlaces = new Map<string, LoggedSignal>()
  let lastSeq = looked.lastSeq

  const place = (addressed: Addressed, fresh: LoggedSignal[]): StoreUpdate["logged"][number] => {
    const once = onceKey(addressed)
    const before = looked.found.get(once)
    if (before) return { seq: before.seq, duplicateOf: parseBody(before) ?? addressed.signal }
    const own = ownPlaces.get(once) ?? looked.signal(once)
    if (own) return { seq: own.seq, duplicateOf: own.signal }
    const { key, signal, received } = addressed
    const entry = { seq: ++lastSeq, key, signal, received }
    if (addressed.outgoing) outgoing.push(...addressed.outgoing)
    ownPlaces.set(once, entry)
    fresh.push(entry)
    return { seq: entry.seq }
  }

  const answers = updates.map(({ signals, fold }): StoreUpdate => {
    const fresh: LoggedSignal[] = []
    const logged = signals.map((addressed) => place(addressed, fresh))
    for (const { context, isFolded } of growContexts(fresh, read, fold)) {
      const { key, seq, encoded } = context
      contexts.set(key, context)
      changed.set(key, context)
      if (isFolded && encoded !== undefined) documents.set(key, { key, seq, encoded })
    }
    added.push(...fresh)
    return { logged }
  })
  const records = chainNotes(
    updates.flatMap(({ notes }) => notes),
    headsIn(looked.heads),
  )
  const rows: Rows = { count: added.length, json: JSON.stringify(added.map(toRow)) }
  return {
    answers,
    added,
    lastSeq,
    records,
    outgoing,
    contexts: [...changed.values()],
    documents: [...documents.values()],
    rows,
  }
}

const toRow = ({ seq, key, signal, received }: LoggedSignal): Row => [
  seq,
  key,
  signal.source,
  signal.id,
  received,
  JSON.stringify(signal),
]

const parseBody = ({ body }: Found): Signal | undefined => (body === null ? undefined : (JSON.parse(body) as Signal))
