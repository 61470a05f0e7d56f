import { TellonceError } from "./errors.ts"
import type { AnyField, Field, Rule } from "./field.ts"
import { houseFields } from "./house-fields.ts"

/**
 * How contexts of older versions are read: from each version to the next, entry by entry, so that upgrading and joining can come in either order.
 * `value` is undefined for what was cleared. Undefined leaves the entry out.
 */
export type Upgrades = Readonly<
  Record<number, (field: string, value: unknown) => { readonly field: string; readonly value: unknown } | undefined>
>

export type Fields = Readonly<Record<string, AnyField>>

/** What a company keeps about a customer, declared once and shared by every channel. */
export interface ContextDefinition<F extends Fields = Fields> {
  readonly name: string
  readonly version: number
  readonly upgrades: Upgrades
  /** As the user declared them. */
  readonly fields: F
  /** All fields, the user's before the house's: a context keeps its entries in this order. */
  readonly places: readonly Place[]
  /** Those of the user alone: what a view shows. */
  readonly shown: readonly Place[]
  /** The place of a field by its name; a Map, so that no name can be a magic key. */
  readonly placeOf: ReadonlyMap<string, Place>
}

/** Where a field's entries stand in a context. Holds what merging needs of the rule, a step nearer than in the field. */
export interface Place extends Pick<Rule, "key" | "keep"> {
  readonly items: Rule["items"] | undefined
  readonly index: number
  readonly name: string
  readonly field: AnyField
}

/** What a statement may say, typed from the definition. */
export type FactsOf<F extends Fields> = {
  readonly [Name in keyof F]?: F[Name] extends Field<infer Fact, unknown> ? Fact : never
}

export type ValueOf<F> =
  F extends Field<never, infer Value> ? Value : F extends Field<infer _Fact, infer Value> ? Value : never

const toPlace = ([name, field]: readonly [string, AnyField], index: number): Place => {
  const { key, keep, items } = field.rule
  return { index, name, field, key, keep, items }
}

const fieldName = /^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/

export const defineContext = <const F extends Fields>(declared: {
  /** Names the encoded form; a reader refuses a stranger. */
  readonly name: string
  /** Whole, from 1; raised when the meaning of a field changes. */
  readonly version: number
  readonly fields: F
  readonly upgrades?: Upgrades
}): ContextDefinition<F> => {
  const { name, version, fields, upgrades = {} } = declared
  if (!name || !Number.isSafeInteger(version) || version < 1) {
    throw new TellonceError("definition/name", "Give it a name and a whole version from 1.")
  }
  for (const field of Object.keys(fields)) {
    if (!fieldName.test(field)) {
      throw new TellonceError("definition/field_name", `"${field}" is no field name such as "orderNumber".`)
    }
  }
  const places = Object.entries<AnyField>({ ...fields, ...houseFields }).map(toPlace)
  const shown = places.slice(0, Object.keys(fields).length)
  return {
    name,
    version,
    upgrades,
    fields,
    places,
    shown,
    placeOf: new Map(places.map((place) => [place.name, place])),
  }
}
