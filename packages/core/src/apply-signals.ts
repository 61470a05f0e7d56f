import type { Context } from "./context.ts"
import type { Fields } from "./define-context.ts"
import type { Entry } from "./entry.ts"
import type { Item } from "./field.ts"
import { houseItem } from "./house-fields.ts"
import { joinEntries } from "./join-entries.ts"
import type { Signal } from "./signal.ts"

/**
 * The context with these signals in it. Any order, batching and duplication of the same signals gives the same context; one that adds
 * nothing gives the same object. Signals are taken as admitted by `parseSignal`; facts of fields that are not declared are left out.
 */
export const applySignals = <F extends Fields>(context: Context<F>, signals: readonly Signal[]): Context<F> => {
  const { places, placeOf } = context.definition
  let entries: (readonly Entry[])[] | undefined
  const keep = (name: string, items: (place: number) => readonly Item[], signal: Signal) => {
    const place = placeOf.get(name)
    const rule = place === undefined ? undefined : places[place]?.[1].rule
    if (place === undefined || rule === undefined) return
    const before = (entries ?? context.entries)[place] ?? []
    const after = items(place).reduce(
      (list, item, index) => joinEntries(list, [toEntry(signal, rule.key, item, index)], rule.keep),
      before,
    )
    if (after === before) return
    entries ??= [...context.entries]
    entries[place] = after
  }
  for (const signal of signals) {
    for (const [name, fact] of Object.entries(signal.facts ?? {})) {
      keep(name, (place) => places[place]?.[1].rule.items(fact) ?? [], signal)
    }
    for (const name of signal.cleared ?? []) keep(name, () => [{ cleared: true }], signal)
    const house = signal.event && houseItem(signal.event)
    if (house) keep(house.field, () => house.items, signal)
  }
  return entries ? { ...context, entries } : context
}

const toEntry = (signal: Signal, key: (value: unknown, stamp: Signal) => string, item: Item, index: number): Entry => {
  const id = index === 0 ? signal.id : `${signal.id}#${index}`
  const { at, authority, channel, source, speaker, matter } = signal
  const stamp = { id, at, authority, channel, source, speaker, matter }
  return { ...stamp, value: item.value, cleared: item.cleared, key: key(item.value, stamp as Signal) }
}
