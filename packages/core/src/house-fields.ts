import * as z from "zod/mini"
import type { AnyField, Item } from "./field.ts"
import { canonicalIdentity, type Identity, identityKey } from "./identity.ts"
import { recent } from "./rules/recent.ts"
import { set } from "./rules/set.ts"
import type { Proof, Signal, SignalEvent } from "./signal.ts"
import type { OutputOf } from "./standard-schema.ts"

/** A message as the context keeps it; the whole text stays in the log. */
const Message = z.object({ text: z.string(), subject: z.optional(z.string()) })
const Asked = z.object({ fields: z.array(z.string()) })
const Told = z.object({ facts: z.record(z.string(), z.unknown()) })
const Link = z.object({ kind: z.string(), value: z.string(), proof: z.enum(["verified", "claimed"]) })
export type Link = OutputOf<typeof Link>

const excerpt = 2_000

/** What every context keeps beside the user's fields, under names no user may take. The same rules and the same join. */
export const houseFields = {
  $links: set(Link),
  $messages: recent(Message, { keep: 50 }),
  $asked: recent(Asked, { keep: 50 }),
  $told: recent(Told, { keep: 50 }),
} satisfies Readonly<Record<string, AnyField>>

export type HouseFieldName = keyof typeof houseFields

/** Which house field keeps an event, and as what. Events of the user's own are kept in the log alone. */
export const houseItem = (
  event: SignalEvent,
): { readonly field: HouseFieldName; readonly items: readonly Item[] } | undefined => {
  if (isEvent(event, "message")) {
    return { field: "$messages", items: [{ value: { text: event.text.slice(0, excerpt), subject: event.subject } }] }
  }
  if (isEvent(event, "asked")) return { field: "$asked", items: [{ value: { fields: event.fields } }] }
  if (isEvent(event, "told")) return { field: "$told", items: [{ value: { facts: event.facts } }] }
  if (isEvent(event, "linked")) return { field: "$links", items: [{ value: link(event.to, event.proof) }] }
  if (isEvent(event, "unlinked")) {
    return { field: "$links", items: [{ value: link(event.to, "verified"), cleared: true }] }
  }
  return undefined
}

/** Narrows by name; `CustomEvent` admits any name, so TypeScript cannot do it alone. */
export const isEvent = <Name extends string>(
  event: SignalEvent | undefined,
  name: Name,
): event is Extract<SignalEvent, { name: Name }> => event?.name === name

/** A link is stated once and kept by both its ends, so that either identity leads to the other. */
export const linkEnds = (signal: Signal): readonly Signal[] => {
  const { event, identity } = signal
  if (!isEvent(event, "linked") && !isEvent(event, "unlinked")) return [signal]
  if (identityKey(event.to) === identityKey(identity)) return []
  return [
    signal,
    {
      ...signal,
      identity: canonicalIdentity(event.to),
      facts: undefined,
      cleared: undefined,
      event: { ...event, to: identity },
    },
  ]
}

const link = (to: Identity, proof: Proof): Link => ({ ...canonicalIdentity(to), proof })
