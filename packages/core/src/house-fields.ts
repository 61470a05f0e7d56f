import { canonical } from "./canonical.ts"
import { type AnyField, createField, type Item, type Rule } from "./field.ts"
import { canonicalIdentity, identityKey } from "./identity.ts"
import { bySignal } from "./rules/since-cleared.ts"
import type { HouseEvent, HouseEventName, Signal, SignalEvent } from "./signal.ts"

/** What every context keeps beside the user's fields, under names no user may take. The same rules and the same join. */
const kept = (keep: number, key: Rule["key"]): AnyField => createField({ key, keep, read: () => undefined }, undefined)

/** The beginning and the end of a thing are two registers, so that its name is not lost with its end. */
const byStep =
  (id: (event: never, stamp: { readonly matter?: string | undefined }) => unknown): Rule["key"] =>
  (value, stamp) =>
    canonical([id(value as never, stamp), (value as HouseEvent).name])

const links = kept(100, (value) => identityKey((value as Extract<HouseEvent, { name: "linked" | "unlinked" }>).to))
const matters = kept(
  100,
  byStep((_event, { matter }) => matter),
)
const holds = kept(100, (value) => (value as { readonly hold: string }).hold)
const handoffs = kept(
  60,
  byStep(({ handoff }: { readonly handoff: string }) => handoff),
)

/** Which house field keeps which events. Offers, acceptances and the user's own events are in the log alone. */
const shelves: readonly (readonly [field: string, AnyField, ...events: readonly HouseEventName[]])[] = [
  ["$messages", kept(50, bySignal), "message"],
  ["$asked", kept(50, bySignal), "asked"],
  ["$told", kept(50, bySignal), "told"],
  ["$promised", kept(20, bySignal), "promised"],
  ["$tried", kept(20, bySignal), "tried"],
  // Breaking a link ends what was verified. A claim can neither make nor break it, nor, on a list of its own, crowd it out.
  ["$links", links, "linked", "unlinked"],
  ["$claims", links],
  ["$matters", matters, "opened", "closed"],
  ["$holds", holds, "held", "released"],
  ["$handoffs", handoffs, "handed", "taken", "declined"],
]

export const houseFields: Readonly<Record<string, AnyField>> = Object.fromEntries(shelves)

const fieldOf: ReadonlyMap<string, string> = new Map(
  shelves.flatMap(([field, _kept, ...events]) => events.map((event) => [event, field] as const)),
)

/** A message is kept up to this length; the whole text stays in the log. */
const excerpt = 2_000

/** Where an event is kept, and as what; undefined for an event of the log alone. */
export const houseItem = (
  event: SignalEvent,
): { readonly field: string; readonly items: readonly Item[] } | undefined => {
  const field = isEvent(event, "linked") && event.proof === "claimed" ? "$claims" : fieldOf.get(event.name)
  return field === undefined ? undefined : { field, items: [{ value: toKept(event) }] }
}

const toKept = (event: SignalEvent): SignalEvent => {
  if (isEvent(event, "message")) return { ...event, text: event.text.slice(0, excerpt) }
  return isEvent(event, "linked", "unlinked") ? { ...event, to: canonicalIdentity(event.to) } : event
}

/** Narrows by name; a user's event may have any name, so TypeScript cannot do it alone. */
export const isEvent = <Name extends HouseEventName>(
  event: SignalEvent | undefined,
  ...names: readonly Name[]
): event is Extract<HouseEvent, { readonly name: Name }> =>
  event !== undefined && (names as readonly string[]).includes(event.name)

/** A link is stated once and kept by both its ends, so that either identity leads to the other. */
export const linkEnds = (signal: Signal): readonly Signal[] => {
  const { event, identity } = signal
  if (!isEvent(event, "linked", "unlinked")) return [signal]
  const to = canonicalIdentity(event.to)
  if (identityKey(to) === identityKey(identity)) return []
  const back = { ...signal, identity: to, facts: undefined, cleared: undefined, event: { ...event, to: identity } }
  return [signal, back]
}
