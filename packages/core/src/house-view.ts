import type { Context } from "./context.ts"
import type { Entry } from "./entry.ts"
import { isEvent } from "./house-fields.ts"
import type { Identity } from "./identity.ts"
import type { Json } from "./json.ts"
import { type Provenance, provenance, type Told } from "./provenance.ts"
import type { HouseEvent, HouseEventName, Proof } from "./signal.ts"
import type { Millis } from "./stamp.ts"

/** What the house keeps of a customer, as it reads at `now`. Lists are newest first. */
export interface HouseView {
  readonly now: Millis
  /** The identities this customer is linked to, proven or claimed. */
  readonly links: readonly Link[]
  readonly messages: readonly Told<{ readonly text: string; readonly subject?: string | undefined }>[]
  readonly asked: readonly Told<{ readonly fields: readonly string[] }>[]
  readonly told: readonly Told<{ readonly facts: Readonly<Record<string, Json>> }>[]
  readonly promised: readonly Told<{ readonly what: string; readonly due?: Millis | undefined }>[]
  readonly tried: readonly Told<{ readonly what: string; readonly outcome?: "worked" | "failed" | undefined }>[]
  readonly matters: readonly Matter[]
  /** Those that stand: neither released nor past their end. */
  readonly holds: readonly Hold[]
  readonly handoffs: readonly Handoff[]
}

export interface Link extends Identity {
  readonly proof: Proof
}

export interface Matter {
  readonly matter: string
  readonly state: "open" | "closed"
  readonly kind?: string | undefined
  readonly title?: string | undefined
  readonly outcome?: string | undefined
  readonly openedAt?: Millis
  readonly closedAt?: Millis
}

export type Hold = Omit<Extract<HouseEvent, { name: "held" }>, "name"> & Provenance

export interface Handoff {
  readonly handoff: string
  readonly state: "offered" | "taken" | "declined"
  readonly to?: string | undefined
  readonly reason?: string | undefined
  readonly fields: readonly string[]
  readonly at: Millis
}

/** Matters that are settled, and when. */
export const closedMatters = (context: Context): ReadonlyMap<string, Millis> =>
  new Map(
    matters(houseEntries(context, "$matters")).flatMap(({ matter, closedAt }) =>
      closedAt === undefined ? [] : [[matter, closedAt]],
    ),
  )

const houseEntries = ({ entries, definition }: Context, name: string): readonly Entry[] =>
  entries[definition.placeOf.get(name) ?? -1] ?? []

export const houseView = (context: Context, now: Millis): HouseView => {
  const all = (name: string) => houseEntries(context, name)
  const told = <Value>(name: string): readonly Told<Value>[] =>
    all(name).map((entry) => {
      const { name: _name, ...value } = entry.value as { readonly name: string }
      return { value: value as Value, ...provenance(entry, now) }
    })
  return {
    now,
    links: links(all("$links")),
    messages: told("$messages"),
    asked: told("$asked"),
    told: told("$told"),
    promised: told("$promised"),
    tried: told("$tried"),
    matters: matters(all("$matters")),
    holds: all("$holds").flatMap((entry) => {
      const event = eventOf(entry, "held")
      return event && now < (event.until ?? Number.POSITIVE_INFINITY) ? [{ ...event, ...provenance(entry, now) }] : []
    }),
    handoffs: handoffs(all("$handoffs")),
  }
}

const links = (entries: readonly Entry[]): readonly Link[] =>
  entries.flatMap((entry) => {
    const event = eventOf(entry, "linked")
    return event ? [{ ...event.to, proof: event.proof }] : []
  })

/** A matter is closed while its last closing is not older than its last opening. */
const matters = (entries: readonly Entry[]): readonly Matter[] =>
  pairs(entries, ({ matter }) => matter).map(([matter, steps]) => {
    const opened = steps.find((step) => eventOf(step, "opened"))
    const closed = steps.find((step) => eventOf(step, "closed"))
    const isClosed = closed !== undefined && closed.at >= (opened?.at ?? 0)
    const { kind, title } = (opened && eventOf(opened, "opened")) ?? {}
    return {
      matter,
      kind,
      title,
      ...(opened && { openedAt: opened.at }),
      ...(isClosed
        ? { state: "closed", closedAt: closed.at, outcome: eventOf(closed, "closed")?.outcome }
        : { state: "open" }),
    }
  })

const handoffs = (entries: readonly Entry[]): readonly Handoff[] =>
  pairs(entries, ({ value }) => (value as { readonly handoff: string }).handoff).map(([handoff, steps]) => {
    const handed = steps.map((step) => eventOf(step, "handed")).find(Boolean)
    const answer = steps.map((step) => eventOf(step, "taken", "declined")).find(Boolean)
    return {
      handoff,
      state: answer?.name ?? "offered",
      to: handed?.to,
      reason: handed?.reason,
      fields: handed?.fields ?? [],
      at: steps[0]?.at ?? 0,
    }
  })

/** The steps of each thing, in the order of its newest step. */
const pairs = (entries: readonly Entry[], idOf: (entry: Entry) => string | undefined) => {
  const things = new Map<string, Entry[]>()
  for (const entry of entries) {
    const id = idOf(entry)
    if (id !== undefined) things.set(id, [...(things.get(id) ?? []), entry])
  }
  return [...things] as readonly (readonly [string, readonly Entry[]])[]
}

const eventOf = <Name extends HouseEventName>({ value }: Entry, ...names: readonly Name[]) => {
  const event = value as HouseEvent
  return isEvent(event, ...names) ? event : undefined
}
