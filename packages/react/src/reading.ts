import {
  type AskAnswer,
  askView,
  type ContextDefinition,
  emptyContext,
  type Fields,
  fieldsOf,
  type View,
  view,
} from "@tellonce/core"
import type { AskedOf, ReactPort } from "./react-port.ts"

/** All that a hook can be told at one moment. */
export interface Reading<F extends Fields> {
  readonly view: View<F>
  /** False where nothing has been heard of the context yet, and while it is out of reach. */
  readonly isReached: boolean
  ask<Name extends keyof F & string>(fields: readonly Name[], options: AskedOf): Readonly<Record<Name, AskAnswer>>
}

/** What a server renders, and a page until it has a context of its own. */
export const firstReading = <F extends Fields>(
  definition: ContextDefinition<F>,
  initialView: View<F> | undefined,
): Reading<F> => {
  // No clock: server and page must agree on what is not known.
  const seen = initialView ?? view(emptyContext(definition), { now: 0 })
  return {
    view: seen,
    isReached: initialView !== undefined,
    ask: (fields, options) => askView(definition, seen, fields, options),
  }
}

export const portReading = <F extends Fields>(
  definition: ContextDefinition<F>,
  port: ReactPort<F>,
  isReached: boolean,
): Reading<F> => {
  const seen = port.view()
  return {
    view: seen,
    isReached,
    ask: (fields, options) => port.ask?.(fields, options) ?? askView(definition, seen, fields, options),
  }
}

/** Until the service has been heard, what came with the page stands, but for what has been said here since. */
export const laidOver = <F extends Fields>(
  definition: ContextDefinition<F>,
  first: Reading<F>,
  port: ReactPort<F>,
): Reading<F> => {
  const known = Object.entries(fieldsOf(port.view())).filter(([, field]) => field.state !== "unknown")
  return firstReading(definition, { ...first.view, ...Object.fromEntries(known) } as View<F>)
}
