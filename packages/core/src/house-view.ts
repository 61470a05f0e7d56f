import type { Context } from "./context.ts"
import type { Entry } from "./entry.ts"
import type { Identity } from "./identity.ts"
import type { Json } from "./json.ts"
import { type Provenance, stampOn, type Told } from "./provenance.ts"
import type { HouseEvent, Proof } from "./signal.ts"
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
  readonly handoffs: readonly HandoffStep[]
}

export interface Link extends Identity {
  readonly proof: Proof
}

export interface Matter {
  readonly matter: string
  /** Closed while its last closing is not older than its last opening. */
  readonly state: "open" | "closed"
  readonly kind?: string | undefined
  readonly title?: string | undefined
  /** Of its last closing, as is `closedAt`. */
  readonly outcome?: string | undefined
  readonly openedAt?: Millis
  readonly closedAt?: Millis
}

export type Hold = Extract<HouseEvent, { name: "held" }> & Provenance

/** A step of a handoff: it is offered (`handed`), and `taken` or `declined`. */
export type HandoffStep = Extract<HouseEvent, { handoff: string }> & Provenance

/** Matters that are settled, and when. */
export const closedMatters = (context: Context): ReadonlyMap<string, Millis> =>
  new Map(
    matters(houseEntries(context, "$matters"))
      .filter(({ state }) => state === "closed")
      .map(({ matter, closedAt = 0 }) => [matter, closedAt]),
  )

const houseEntries = ({ entries, definition }: Context, name: string): readonly Kept[] =>
  (entries[definition.placeOf.get(name)?.index ?? -1] ?? []) as readonly Kept[]

type Kept<Event = HouseEvent> = Entry<Event> & { readonly value: Event }

export const houseView = (context: Context, now: Millis): HouseView => {
  const all = (name: string) => houseEntries(context, name)
  const told = <Value>(name: string) =>
    all(name).map((entry) => {
      const { name: _name, ...value } = entry.value
      return stampOn({ value: value as Value }, entry, now)
    })
  const steps = <Event extends HouseEvent>(name: string) =>
    all(name).map((entry) => stampOn({ ...(entry.value as Event) }, entry, now))
  return {
    now,
    links: [...all("$links"), ...all("$claims")].flatMap(({ value }) =>
      value.name === "linked" ? [{ ...value.to, proof: value.proof }] : [],
    ),
    messages: told("$messages"),
    asked: told("$asked"),
    told: told("$told"),
    promised: told("$promised"),
    tried: told("$tried"),
    matters: matters(all("$matters")),
    holds: steps<Extract<HouseEvent, { name: "held" }>>("$holds").filter(
      ({ name, until }) => name === "held" && (until === undefined || now < until),
    ),
    handoffs: steps<Extract<HouseEvent, { handoff: string }>>("$handoffs"),
  }
}

const matters = (entries: readonly Kept[]): readonly Matter[] => {
  const found = new Map<string, Omit<Matter, "state">>()
  for (const { matter = "", at, value } of entries) {
    const { name, ...about } = value
    found.set(matter, { ...found.get(matter), matter, ...about, [name === "opened" ? "openedAt" : "closedAt"]: at })
  }
  return [...found.values()].map((one) => ({
    ...one,
    state: (one.closedAt ?? -1) < (one.openedAt ?? 0) ? "open" : "closed",
  }))
}
