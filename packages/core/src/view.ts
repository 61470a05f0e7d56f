import type { Context } from "./context.ts"
import type { Fields, ValueOf } from "./define-context.ts"
import type { Entry } from "./entry.ts"
import type { AnyField, Reading } from "./field.ts"
import { type HouseFieldName, houseFields, type Link } from "./house-fields.ts"
import type { Json } from "./json.ts"
import type { Authority, Millis } from "./stamp.ts"

/** `stale` is old and still shown; `expired` was known once and is no longer served; `conflicting` has more than one answer. */
export type Freshness = "fresh" | "stale" | "expired" | "conflicting" | "unknown"

/** Who said a value, where and how long ago. */
export interface Provenance {
  readonly at: Millis
  /** Milliseconds between `at` and the view's `now`; never negative. */
  readonly age: Millis
  readonly authority: Authority
  readonly channel: string
  readonly source: string
  readonly matter?: string | undefined
}

/** One field as it reads now: never a bare value that hides its age. */
export type FieldView<Value = unknown> =
  | { readonly state: "unknown"; readonly value?: undefined }
  | ({ readonly state: "expired"; readonly value?: undefined } & Provenance)
  | ({ readonly state: "fresh" | "stale"; readonly value: Value } & Provenance)
  | ({ readonly state: "conflicting"; readonly value: Value; readonly others: readonly Told<Value>[] } & Provenance)

/** A value with its provenance. */
export type Told<Value> = { readonly value: Value } & Provenance

/** A context as seen at one `now`: every declared field, and under `$` what the house keeps. */
export type View<F extends Fields = Fields> = string extends keyof F
  ? AnyView
  : { readonly [Name in keyof F]: FieldView<ValueOf<F[Name]>> } & { readonly $: HouseView }

/** A view of whatever definition: every typed view is one. */
export interface AnyView {
  readonly $: HouseView
  readonly [field: string]: FieldView | HouseView
}

export interface HouseView {
  readonly now: Millis
  /** The identities this customer is linked to, proven or claimed. */
  readonly links: readonly Link[]
  /** Newest first, as are the next two. */
  readonly messages: readonly Told<{ readonly text: string; readonly subject?: string }>[]
  readonly asked: readonly Told<{ readonly fields: readonly string[] }>[]
  readonly told: readonly Told<{ readonly facts: Readonly<Record<string, Json>> }>[]
}

export interface ViewOptions {
  /** Epoch milliseconds. The only clock there is: time enters the core here. */
  readonly now: Millis
  /** Read the fields of scope `matter` for this one. */
  readonly matter?: string | undefined
}

export const view = <F extends Fields>(context: Context<F>, { now, matter }: ViewOptions): View<F> => {
  const { definition } = context
  const seen: Record<string, unknown> = {}
  definition.places.forEach(([name, field], place) => {
    if (Object.hasOwn(definition.fields, name))
      seen[name] = readField(context.entries[place] ?? [], { now, matter, field }, field)
  })
  return { ...seen, $: houseView(context, now) } as View<F>
}

const unknown: FieldView = { state: "unknown" }

const readField = (entries: readonly Entry[], reading: Reading, { rule, keepFor, freshFor }: AnyField): FieldView => {
  const { now } = reading
  const live = keepFor === Number.POSITIVE_INFINITY ? entries : entries.filter((entry) => now - entry.at < keepFor)
  const said = rule.read(live, reading)
  if (said === undefined) {
    const newest = entries[0]
    return newest === undefined || live.length > 0 || newest.cleared
      ? unknown
      : { state: "expired", ...provenance(newest, now) }
  }
  const from = provenance(said.entry, now)
  if (said.others) {
    return {
      state: "conflicting",
      value: said.value,
      ...from,
      others: said.others.map((other) => ({ value: other.value, ...provenance(other, now) })),
    }
  }
  return { state: now - said.entry.at < freshFor ? "fresh" : "stale", value: said.value, ...from }
}

const provenance = ({ at, authority, channel, source, matter }: Entry, now: Millis): Provenance => {
  const said = { at, age: Math.max(0, now - at), authority, channel, source }
  return matter === undefined ? said : { ...said, matter }
}

const houseView = (context: Context, now: Millis): HouseView => {
  const all = (name: HouseFieldName) => context.entries[context.definition.placeOf.get(name) ?? -1] ?? []
  const told = <Value>(name: HouseFieldName) =>
    all(name).map((entry) => ({ value: entry.value as Value, ...provenance(entry, now) }))
  const links = houseFields.$links.rule.read(all("$links"), { now, field: houseFields.$links })
  return {
    now,
    links: (links?.value ?? []) as readonly Link[],
    messages: told("$messages"),
    asked: told("$asked"),
    told: told("$told"),
  }
}
