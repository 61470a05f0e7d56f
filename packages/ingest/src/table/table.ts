import type { FactsOf, Fields, Identity } from "@tellonce/core"
import type { JsonObject } from "../json-object.ts"

/** Where a value comes from: a path into the message such as `"properties.order_id"`, or a function of the message. */
export type From<Value, Body = JsonObject> = string | ((body: Body) => Value | undefined)

/** What one event states, by field of the definition. Names with `$` can be no field: they say what else the signal carries. */
export type Row<F extends Fields, Body = JsonObject> = {
  readonly [Name in keyof F]?: From<NonNullable<FactsOf<F>[Name]>, Body>
} & {
  /** The one thing the event is about, such as an order: `$matter: (order) => `order:${order.id}``. */
  readonly $matter?: From<string, Body>
  /** Whose event it is, where the format does not say it. What comes with a publishable key stays the anonymous visitor's. */
  readonly $identity?: (body: Body) => Identity | undefined
}

/** Which event becomes which facts. An event without a row is kept as an event and states nothing. */
export type Table<F extends Fields, Body = JsonObject> = Readonly<Record<string, Row<F, Body>>>
