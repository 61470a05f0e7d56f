import type { Context } from "./context.ts"
import type { Fields, ValueOf } from "./define-context.ts"
import { closedMatters, type HouseView, houseView } from "./house-view.ts"
import { type FieldView, readField } from "./read-field.ts"
import type { Millis } from "./stamp.ts"

/** A context as seen at one `now`: every declared field, and under `$` what the house keeps. */
export type View<F extends Fields = Fields> = string extends keyof F
  ? AnyView
  : { readonly [Name in keyof F]: FieldView<ValueOf<F[Name]>> } & { readonly $: HouseView }

/** A view of whatever definition: every typed view is one. */
export interface AnyView {
  readonly $: HouseView
  readonly [field: string]: FieldView | HouseView
}

export interface ViewOptions {
  /** Epoch milliseconds. The only clock there is: time enters the core here. */
  readonly now: Millis
  /** Read the fields of scope `matter` for this one. */
  readonly matter?: string | undefined
  /** Older than this, in milliseconds, is stale for this question. */
  readonly maxAge?: Millis | undefined
  /** The fields this viewer may read; the others are `withheld`. All, unless told. */
  readonly reads?: ReadonlySet<string> | undefined
}

export const view = <F extends Fields>(context: Context<F>, { now, matter, maxAge, reads }: ViewOptions): View<F> => {
  const closed = closedMatters(context)
  const seen: Record<string, unknown> = {}
  for (const { index, name, field } of context.definition.shown) {
    const entries = context.entries[index] ?? []
    seen[name] = reads?.has(name) === false ? withheld : readField(entries, { now, matter, field, closed, maxAge })
  }
  let house: HouseView | undefined
  // Made when it is first looked at: most readers want a field or two. Defined last, or every view would have a shape of its own.
  Object.defineProperty(seen, "$", {
    enumerable: true,
    get() {
      house ??= houseView(context, now)
      return house
    },
  })
  return seen as View<F>
}

const withheld: FieldView = { state: "withheld" }

/** The fields of a view by name, without the house. */
export const fieldsOf = ({ $: _house, ...fields }: AnyView): Readonly<Record<string, FieldView>> =>
  fields as Readonly<Record<string, FieldView>>
