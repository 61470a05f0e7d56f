import type { Addressed, AuditNote, LoggedSignal, Outgoing, Signal, Store, StoreUpdate } from "@tellonce/core"
import { addNotes } from "../audit/add-notes.ts"
import type { Database } from "../connection/create-database.ts"
import { Fault } from "../connection/fault.ts"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, comparePlaces, nameOf, type Place, placeOf, tenantsOf } from "../place/place-of.ts"
import { readContexts } from "../read/read-contexts.ts"
import { signalStatements as sql } from "../sql/signal-statements.ts"
import { putOutgoing } from "./put-outgoing.ts"

/** One caller's update. */
export interface Update {
  readonly signals: readonly Addressed[]
  readonly fold: Parameters<Store["update"]>[1]
  readonly notes: readonly AuditNote[]
}

export interface Written {
  readonly answers: readonly StoreUpdate[]
  readonly added: readonly LoggedSignal[]
}

/** A signal of the group, the first under its (identity, source, id). */
interface Item {
  readonly place: Place
  readonly addressed: Addressed
  readonly body: string
  readonly fold: Update["fold"]
}

/** Where a signal was logged, and what is there when it came before. */
type Logged = StoreUpdate["logged"][number]

/** Signals a document may be behind: a fold costs as much as the document is large, a read as much as the tail is long. */
const longestTail = 32
/** Characters of a signal's body. A longer one is not left in a tail, where each read would parse it again. */
const longestInTail = 4_096

/**
 * Writes a group of updates in one transaction: mostly two round trips, however many there are. When nobody can tell whether a COMMIT was
 * kept, it runs again, finds its own signals at the places it gave them, and answers as it would have.
 */
export const writeGroup = async (database: Database, updates: readonly Update[]): Promise<Written> => {
  const { items, itemOf } = itemsOf(updates)
  let before: ReadonlyMap<Item, Logged> | undefined
  const logged = await database.transaction(tenantsOf(namesOf(updates)), async (transaction) => {
    const places = await place(transaction, items)
    const isKept = before !== undefined && isSame(items, before, places)
    if (isKept && before) return before
    const added = items.filter((item) => places.get(item)?.duplicateOf === undefined)
    addNotes(
      transaction,
      updates.flatMap(({ notes }) => notes),
    )
    putOutgoing(
      transaction,
      added.flatMap(({ addressed }): readonly Outgoing[] => addressed.outgoing ?? []),
    )
    before = places
    return places
  })
  const answers = updates.map(({ signals }) => ({
    logged: signals.map((addressed): Logged => {
      const item = itemOf(addressed)
      const found = (item && logged.get(item)) ?? { seq: 0 }
      return found.duplicateOf === undefined && item && item.addressed !== addressed
        ? { seq: found.seq, duplicateOf: item.addressed.signal }
        : found
    }),
  }))
  return { answers, added: items.flatMap((item) => toLogged(item, logged.get(item))) }
}

/** The signals of all updates, each once: what is in the group twice is a duplicate of its first. */
const itemsOf = (updates: readonly Update[]) => {
  const items = new Map<string, Item>()
  for (const { signals, fold } of updates) {
    for (const addressed of signals) {
      const once = onceOf(addressed)
      if (items.has(once)) continue
      items.set(once, { place: placeOf(addressed.key), addressed, body: JSON.stringify(addressed.signal), fold })
    }
  }
  return { items: [...items.values()], itemOf: (addressed: Addressed) => items.get(onceOf(addressed)) }
}

/** Lengths keep an id from being read as part of a source. */
const onceOf = ({ key, signal: { source, id } }: Addressed): string =>
  `${id.length} ${source.length} ${id}${source}${key}`

const namesOf = (updates: readonly Update[]): readonly string[] =>
  updates.flatMap(({ signals, notes }) => [
    ...signals.flatMap(({ key, outgoing = [] }) => [key, ...outgoing.map(({ to }) => to)]),
    ...notes.map(({ chain }) => chain),
  ])

/** Locks the identities, logs what is new and folds what is due. */
const place = async (transaction: Transaction, items: readonly Item[]): Promise<ReadonlyMap<Item, Logged>> => {
  if (items.length === 0) return new Map()
  const identities = new Map(items.map(({ place, addressed }) => [addressed.key, place]))
  const columns = columnsOf([...identities.values()].sort(comparePlaces))
  void transaction(sql.admit, columns)
  const locking = transaction<Locked>(sql.lock, columns)
  const appended = await transaction<{ readonly seq: number; readonly place: number }>(sql.append, toRows(items))
  const locked = await locking
  if (locked.length < identities.size) throw goneMeanwhile()
  const fresh = new Map(appended.map(({ seq, place }) => [items[place - 1], seq]))
  const logged = new Map<Item, Logged>()
  for (const item of items) logged.set(item, { seq: fresh.get(item) ?? 0 })
  const known = items.filter((item) => !fresh.has(item))
  if (known.length > 0) for (const [item, found] of await find(transaction, known)) logged.set(item, found)
  const added = items.filter((item) => fresh.has(item))
  await foldDue(transaction, added, locked)
  return logged
}

/** A sweep held an identity when it was admitted, and removed it before it could be locked: without its row nobody would find what is logged. */
const goneMeanwhile = () => new Fault({ code: "40001", message: "An identity was swept while it was written to." })

interface Locked {
  readonly tenant: string
  readonly name: string
  readonly behind: number
  readonly isMade: boolean
}

const toRows = (items: readonly Item[]) => [
  ...columnsOf(items.map(({ place }) => place)),
  items.map(({ addressed }) => addressed.signal.source),
  items.map(({ addressed }) => addressed.signal.id),
  items.map(({ addressed }) => addressed.received),
  items.map(({ body }) => body),
]

const find = async (transaction: Transaction, items: readonly Item[]): Promise<ReadonlyMap<Item, Logged>> => {
  interface Row {
    readonly place: number
    readonly seq: number
    readonly body: string | null
  }
  const found = await transaction<Row>(sql.find, toRows(items).slice(0, 5))
  return new Map(
    found.flatMap(({ place, seq, body }) => {
      const item = items[place - 1]
      if (item === undefined) return []
      return [[item, { seq, duplicateOf: body === null ? item.addressed.signal : (JSON.parse(body) as Signal) }]]
    }),
  )
}

/** The first of an identity makes its document, and then each that lets the tail grow too long. */
const foldDue = async (transaction: Transaction, added: readonly Item[], locked: readonly Locked[]) => {
  const before = new Map(locked.map((row) => [nameOf(row), row]))
  const folds = new Map<string, Item[]>()
  for (const item of added) folds.set(item.addressed.key, [...(folds.get(item.addressed.key) ?? []), item])
  const due = [...folds].flatMap(([key, items]) => {
    const { isMade = false, behind = 0 } = before.get(key) ?? {}
    const isShort = behind + items.length < longestTail && items.every(({ body }) => body.length <= longestInTail)
    return isMade && isShort ? [] : items.slice(0, 1)
  })
  if (due.length === 0) return
  const stored = await readContexts(
    transaction,
    due.map(({ addressed }) => addressed.key),
  )
  const documents = due.map(({ fold }, index) => {
    const context = stored[index]
    return context && fold(context)
  })
  void transaction(sql.save, [...columnsOf(due.map(({ place }) => place)), documents])
}

/** Did the try before this one keep them? Its places are found again then: nobody else gives an identity the same. */
const isSame = (items: readonly Item[], before: ReadonlyMap<Item, Logged>, now: ReadonlyMap<Item, Logged>): boolean =>
  items.some((item) => {
    const was = before.get(item)
    return was !== undefined && was.duplicateOf === undefined && was.seq === now.get(item)?.seq
  })

const toLogged = (
  { addressed: { key, signal, received } }: Item,
  logged: Logged | undefined,
): readonly LoggedSignal[] =>
  logged === undefined || logged.duplicateOf !== undefined ? [] : [{ seq: logged.seq, key, signal, received }]
