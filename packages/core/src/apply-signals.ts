import type { Context } from "./context.ts"
import type { Fields, Place } from "./define-context.ts"
import { type Entry, markOf, toEntry } from "./entry.ts"
import type { Item } from "./field.ts"
import { houseItem } from "./house-fields.ts"
import { countNewer, insertEntry, isTooOld } from "./join-entries.ts"
import type { Signal } from "./signal.ts"
import type { Stamp } from "./stamp.ts"

/**
 * The context with these signals in it. Any order, batching and duplication of the same signals gives the same context; one that adds
 * nothing gives the same object. Signals are taken as admitted by `parseSignal`; facts of fields that are not declared are left out.
 */
export const applySignals = <F extends Fields>(context: Context<F>, signals: readonly Signal[]): Context<F> => {
  const { definition, entries } = context
  const { placeOf } = definition
  const draft: Draft = { before: entries, after: undefined }
  for (const signal of signals) {
    const { facts, cleared, event } = signal
    for (const name in facts) keepFact(draft, placeOf.get(name), signal, facts[name])
    if (cleared) for (const name of cleared) keepItems(draft, placeOf.get(name), signal, gone)
    const house = event && houseItem(event)
    if (house) keepItems(draft, placeOf.get(house.field), signal, house.items)
  }
  return draft.after ? { definition, entries: draft.after } : context
}

const gone: readonly Item[] = [{ cleared: true }]

/** What a batch has changed: the lists of `after` that are not those of `before` are its own. */
interface Draft {
  readonly before: Context["entries"]
  after: (readonly Entry[])[] | undefined
}

const keepFact = (draft: Draft, place: Place | undefined, signal: Signal, fact: unknown): void => {
  // Most of what arrives late ends here, before anything is made of it.
  if (place === undefined || isTooOld(listOf(draft, place), signal.at, place.keep)) return
  if (place.items === undefined) keepValue(draft, place, signal, fact, undefined)
  else keepItems(draft, place, signal, place.items(fact, signal.identity))
}

const keepItems = (draft: Draft, place: Place | undefined, signal: Signal, items: readonly Item[]): void => {
  if (place === undefined) return
  let index = 0
  for (const { value, cleared } of items) {
    const stamp = index === 0 ? signal : { ...signal, id: `${signal.id}#${index}` }
    keepValue(draft, place, stamp, value, cleared)
    index++
  }
}

const listOf = ({ before, after }: Draft, { index }: Place): readonly Entry[] =>
  (after === undefined ? before : after)[index] as readonly Entry[]

const keepValue = (draft: Draft, place: Place, stamp: Stamp, value: unknown, cleared: true | undefined): void => {
  const { index, key: keyOf, keep } = place
  const list = listOf(draft, place)
  const key = keyOf(value, stamp)
  const newer = countNewer(list, stamp.at, key, markOf(key), keep)
  if (newer === -1) return
  const entry = toEntry(stamp, key, value, cleared)
  const joined = insertEntry(list, newer, entry, keep, draft.before[index] as readonly Entry[])
  if (joined === list) return
  draft.after ??= draft.before.slice()
  draft.after[index] = joined
}
