import {
  type Context,
  type ContextDefinition,
  type Entry,
  encodeContext,
  isEvent,
  type Signal,
  type SignalEvent,
  type StoredContext,
} from "@tellonce/core"
import { eventField } from "../access/event-fields.ts"
import { contextOf, toDocument } from "../stored-context.ts"
import { fieldsCarried } from "./field-purposes.ts"

/** The context with these entries alone; the same one when those are all. Fields of the house are named with a `$`. */
export const keepIn = (context: Context, isKept: (field: string, entry: Entry) => boolean): Context => {
  const { definition } = context
  let removed = false
  const entries = definition.places.map(({ index, name }) => {
    const before = context.entries[index] ?? []
    const after = before.flatMap((entry) => keepEntry(name, entry, isKept) ?? [])
    removed ||= after.length < before.length || after.some((entry, place) => entry !== before[place])
    return after
  })
  return removed ? { definition, entries } : context
}

/** The same of a document; undefined where there is nothing. */
export const keepEntries = (
  definition: ContextDefinition,
  stored: StoredContext,
  isKept: (field: string, entry: Entry) => boolean,
): string | undefined => {
  if (stored.encoded === undefined && stored.tail.length === 0) return undefined
  const context = contextOf(definition, stored)
  const kept = keepIn(context, isKept)
  return kept === context ? toDocument(definition, stored) : encodeContext(kept)
}

/** What was told holds values of fields by name: of it, only those stay that would stay by themselves. */
const keepEntry = (
  field: string,
  entry: Entry,
  isKept: (field: string, entry: Entry) => boolean,
): Entry | undefined => {
  if (!isKept(field, entry)) return undefined
  if (field !== "$told") return entry
  const told = entry.value as Extract<SignalEvent, { name: "told" }>
  const facts = pick(told.facts, (name) => isKept(name, entry))
  if (facts === undefined) return undefined
  return Object.keys(facts).length === Object.keys(told.facts).length ? entry : { ...entry, value: { ...told, facts } }
}

/** The signal with what it says of these fields alone: the same one when that is all, undefined when nothing is left to say. */
export const keepFields = (signal: Signal, isKept: (field: string) => boolean): Signal | undefined => {
  const { facts, cleared, event, ...stamp } = signal
  if ([...fieldsCarried(signal), ...(cleared ?? [])].every(isKept)) return signal
  const left = {
    facts: facts && pick(facts, isKept),
    cleared: nonEmpty(cleared?.filter(isKept)),
    event: keepEvent(event, isKept),
  }
  if (left.facts === undefined && left.cleared === undefined && left.event === undefined) return undefined
  return { ...stamp, ...left }
}

const keepEvent = (event: SignalEvent | undefined, isKept: (field: string) => boolean): SignalEvent | undefined => {
  if (event === undefined || !isKept(eventField(event.name))) return undefined
  if (!isEvent(event, "told", "offered")) return event
  const facts = pick(event.facts, isKept)
  return facts && { ...event, facts }
}

const pick = <Value>(
  facts: Readonly<Record<string, Value>>,
  isKept: (field: string) => boolean,
): Readonly<Record<string, Value>> | undefined => {
  const kept = nonEmpty(Object.entries(facts).filter(([name]) => isKept(name)))
  return kept && Object.fromEntries(kept)
}

const nonEmpty = <Item>(list: readonly Item[] | undefined): readonly Item[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list
