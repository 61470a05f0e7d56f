import { canonical } from "./canonical.ts"
import type { Json } from "./json.ts"
import type { Provenance } from "./provenance.ts"
import type { FieldView } from "./read-field.ts"
import { type AnyView, fieldsOf } from "./view.ts"

/** The customer was told `told`, and it is `now`: whoever speaks with them next has to say so. */
export interface Correction {
  readonly field: string
  readonly told: { readonly value: Json } & Provenance
  readonly now: FieldView & Provenance
}

/** Two channels told the customer different things of one field. */
export interface ToldConflict {
  readonly field: string
  /** What was last told in each channel, newest first. */
  readonly told: readonly ({ readonly value: Json } & Provenance)[]
}

/**
 * What the customer was told last and is no longer so. What any channel has told them rightly since needs no correction, and a told value that
 * nobody states is taken as it is.
 */
export const corrections = (seen: AnyView): readonly Correction[] => {
  const fields = fieldsOf(seen)
  return [...newestBy(seen, ({ field }) => field).values()].flatMap(({ field, ...told }) => {
    const now = fields[field]
    return now?.value === undefined || same(now.value, told.value) ? [] : [{ field, told, now }]
  })
}

export const toldConflicts = (seen: AnyView): readonly ToldConflict[] => {
  const byField = new Map<string, TellingOf[]>()
  for (const telling of newestBy(seen, ({ field, channel, matter }) =>
    canonical([field, channel, matter ?? null]),
  ).values()) {
    byField.set(telling.field, [...(byField.get(telling.field) ?? []), telling])
  }
  return [...byField].flatMap(([field, tellings]) => {
    const told = tellings.map(({ field: _field, ...one }) => one)
    return new Set(told.map(({ value }) => canonical(value))).size > 1 ? [{ field, told }] : []
  })
}

type TellingOf = { readonly field: string; readonly value: Json } & Provenance

/** The newest telling of each kind; the house view lists them newest first. */
const newestBy = ({ $ }: AnyView, kindOf: (telling: TellingOf) => string): ReadonlyMap<string, TellingOf> => {
  const newest = new Map<string, TellingOf>()
  for (const { value, ...told } of $.told) {
    for (const [field, said] of Object.entries(value.facts)) {
      const telling = { field, ...told, value: said }
      const kind = kindOf(telling)
      if (!newest.has(kind)) newest.set(kind, telling)
    }
  }
  return newest
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)
