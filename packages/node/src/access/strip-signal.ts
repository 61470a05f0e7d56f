import { isEvent, type Signal, type SignalEvent } from "@tellonce/core"
import { eventField } from "./event-fields.ts"

/** The signal without what the reader may not read; undefined when nothing is left. `as` stands in for identities that are not the reader's to know. */
export const stripSignal = (signal: Signal, reads: ReadonlySet<string>, as: Signal["identity"]): Signal | undefined => {
  const { facts, cleared, event, ...stamp } = signal
  const left = {
    facts: facts && only(facts, (name) => reads.has(name)),
    cleared: cleared?.filter((name) => reads.has(name)),
    event: event && reads.has(eventField(event.name)) ? stripEvent(event, reads) : undefined,
  }
  if (isBare(left.facts) && isBare(left.cleared) && left.event === undefined) return undefined
  return {
    ...stamp,
    identity: reads.has("$links") ? signal.identity : as,
    ...(!isBare(left.facts) && { facts: left.facts }),
    ...(!isBare(left.cleared) && { cleared: left.cleared }),
    ...(left.event && { event: left.event }),
  }
}

/** What was told or offered holds values of fields by name: those the reader may not read are left out. */
export const stripEvent = (event: SignalEvent, reads: ReadonlySet<string>): SignalEvent =>
  isEvent(event, "told", "offered") ? { ...event, facts: only(event.facts, (name) => reads.has(name)) } : event

const only = <Value>(record: Readonly<Record<string, Value>>, keep: (name: string) => boolean): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => keep(name)))

const isBare = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0
