import type { Addressed, AuditNote, LoggedSignal, Outgoing, Signal, Store, StoreUpdate } from "@tellonce/core"
import { chainNotes, headsIn } from "./chain-notes.ts"
import type { Known, Looked } from "./create-known.ts"
import { growContexts, type Sized } from "./grow-contexts.ts"
import { onceKey } from "./once-key.ts"
import type { Columns, Document, Found, Plan } from "./plan.ts"

/** One caller's update. */
export interface Update {
  readonly signals: readonly Addressed[]
  readonly fold: Parameters<Store["update"]>[1]
  readonly notes: readonly AuditNote[]
}

export interface Before extends Looked {
  /** Signals of the group that is on its way there, by their `onceKey`. */
  readonly ahead: Plan["places"]
  /** Signals known to be in the file. */
  readonly signal: Known["signal"]
}

/** What there is when a plan has come true. */
export const uponPlan = (before: Before, plan: Plan | undefined): Before =>
  plan === undefined
    ? before
    : {
        ...before,
        contexts: [...before.contexts, ...plan.contexts],
        heads: [...before.heads, ...plan.records],
        lastSeq: plan.lastSeq,
        ahead: plan.places,
      }

/** Works out what a group of updates writes, given what was there before. */
export const planGroup = (updates: readonly Update[], looked: Before): Plan => {
  const contexts = new Map(looked.contexts.map((context) => [context.key, context]))
  const read = (key: string): Sized => contexts.get(key) ?? { key, seq: 0, encoded: undefined, tail: [] }
  const changed = new Map<string, Sized>()
  const documents = new Map<string, Document>()
  const outgoing: Outgoing[] = []
  const added: LoggedSignal[] = []
  const bodies: string[] = []
  const places = new Map<string, LoggedSignal>()
  let lastSeq = looked.lastSeq

  const place = (addressed: Addressed): StoreUpdate["logged"][number] => {
    const once = onceKey(addressed)
    const before = looked.found.get(once)
    if (before) return { seq: before.seq, duplicateOf: parseBody(before) ?? addressed.signal }
    const own = places.get(once) ?? looked.ahead.get(once) ?? looked.signal(addressed)
    if (own) return { seq: own.seq, duplicateOf: own.signal }
    const { key, signal, received } = addressed
    const entry = { seq: ++lastSeq, key, signal, received }
    if (addressed.outgoing) outgoing.push(...addressed.outgoing)
    places.set(once, entry)
    added.push(entry)
    bodies.push(JSON.stringify(signal))
    return { seq: entry.seq }
  }

  const answers = updates.map(({ signals, fold }): StoreUpdate => {
    const from = added.length
    const logged = signals.map(place)
    const fresh = { logged: added.slice(from), bodies: bodies.slice(from) }
    for (const { context, isFolded } of growContexts(fresh, read, fold)) {
      const { key, seq, encoded } = context
      contexts.set(key, context)
      changed.set(key, context)
      if (isFolded && encoded !== undefined) documents.set(key, { key, seq, encoded })
    }
    return { logged }
  })
  const records = chainNotes(
    updates.flatMap(({ notes }) => notes),
    headsIn(looked.heads),
  )
  return {
    answers,
    added,
    places,
    lastSeq,
    records,
    outgoing,
    contexts: [...changed.values()],
    documents: [...documents.values()],
    columns: toColumns(added, bodies),
  }
}

const toColumns = (added: readonly LoggedSignal[], bodies: readonly string[]): Columns => ({
  seqs: added.map(({ seq }) => seq),
  keys: added.map(({ key }) => key),
  sources: added.map(({ signal }) => signal.source),
  ids: added.map(({ signal }) => signal.id),
  received: added.map(({ received }) => received),
  bodies,
})

const parseBody = ({ body }: Found): Signal | undefined => (body === null ? undefined : (JSON.parse(body) as Signal))
