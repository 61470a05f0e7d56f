import {
  type Action,
  type AskAnswer,
  type Decision,
  decide,
  type Fields,
  type FieldView,
  type Focused,
  type FocusOptions,
  focus,
  type Readiness,
  readiness,
  type ValueOf,
  type View,
} from "@tellonce/core"
import type { ContextStore } from "./create-context-store.ts"
import type { AskedOf } from "./react-port.ts"
import { useSelection } from "./use-selection.ts"
import type { WithValue } from "./with-value.ts"

type NameOf<F extends Fields> = keyof F & string

/** Each reads a part of the context, and renders its component again only when that part says something else. */
export interface ReadHooks<F extends Fields> {
  /** All of it, or what `select` makes of it. */
  useView(): View<F>
  useView<Value>(select: (seen: View<F>) => Value): Value
  /** One field, with its state, age and source. */
  useFact<Name extends NameOf<F>>(field: Name): FieldView<ValueOf<F[Name]>>
  /** What matters now, first. */
  useFocus(
    options?: Omit<FocusOptions, "weights"> & { readonly weights?: Weights<F> },
  ): readonly (Focused & { readonly field: NameOf<F> })[]
  /** Is enough known to act? */
  useReadiness(weights: Weights<F>): Readiness & { readonly missing: readonly NameOf<F>[] }
  /** Must these be asked? */
  useAsk<Name extends NameOf<F>>(
    fields: readonly Name[],
    options?: AskedOf,
  ): { readonly [Asked in Name]: WithValue<AskAnswer, ValueOf<F[Asked]>> }
  /** May it be done now? While the context is out of reach, what the action itself declares for that. */
  useDecision<Name extends string>(actions: Actions<F, Name>, action: Name): Decision
}

type Weights<F extends Fields> = Readonly<Partial<Record<NameOf<F>, number>>>
type Actions<F extends Fields, Name extends string> = Readonly<Record<Name, Action<View<F>>>>

export const createReadHooks = <F extends Fields>(useStore: () => ContextStore<F>): ReadHooks<F> => {
  const hooks = {
    useView: (select = (seen: View<F>): unknown => seen) => useSelection(useStore(), ({ view }) => select(view)),
    useFact: (field: string) => useSelection(useStore(), ({ view }) => view[field]),
    useFocus: (options?: FocusOptions) => useSelection(useStore(), ({ view }) => focus(view, options)),
    useReadiness: (weights: Readonly<Record<string, number>>) =>
      useSelection(useStore(), ({ view }) => readiness(view, weights)),
    useAsk: (fields: readonly NameOf<F>[], options: AskedOf = {}) =>
      useSelection(useStore(), (reading) => reading.ask(fields, options)),
    useDecision: (actions: Actions<F, string>, action: string) =>
      useSelection(useStore(), ({ view, isReached }) => decide(actions, action, isReached ? view : undefined)),
  }
  // What a field's name says of its value is known to the definition's types alone.
  return hooks as unknown as ReadHooks<F>
}
