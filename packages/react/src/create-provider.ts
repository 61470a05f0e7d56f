import type { ContextDefinition, Fields, View } from "@tellonce/core"
import { type Context, createElement, type FunctionComponent, type ReactNode, useEffect, useState } from "react"
import { type ContextStore, createContextStore, type Schedule } from "./create-context-store.ts"
import type { Source } from "./create-line.ts"
import type { ReactPort } from "./react-port.ts"

export type ProviderProps<F extends Fields> = {
  readonly children?: ReactNode
  /** What a server knew when it rendered the page. It stands until the service is heard. Nothing is known unless told. */
  readonly initialView?: View<F> | undefined
  /** When values are read again as time makes them stale: every 10 s unless told. */
  readonly schedule?: Schedule | undefined
} & (
  | {
      /** Your own port. You close it. */
      readonly context: ReactPort<F>
      readonly connect?: never
    }
  | {
      /** Makes a client for the page: never on a server, and once until the provider goes, which closes it. */
      readonly connect: () => ReactPort<F>
      readonly context?: never
    }
)

export const createProvider = <F extends Fields>(
  definition: ContextDefinition<F>,
  shared: Context<ContextStore<F> | undefined>,
): FunctionComponent<ProviderProps<F>> => {
  const start = ({ context, connect, initialView, schedule = everyTenSeconds }: ProviderProps<F>) => {
    const source: Source<F> = context ? { context } : { connect }
    return { context, store: createContextStore({ definition, source, initialView, schedule }) }
  }
  return (props) => {
    const [kept, keep] = useState(() => start(props))
    const current = kept.context === props.context ? kept : start(props)
    if (current !== kept) keep(current)
    const { store } = current
    useEffect(() => store.hold(), [store])
    return createElement(shared.Provider, { value: store }, props.children)
  }
}

const everyTenSeconds: Schedule = (again) => {
  const timer = setInterval(again, 10_000)
  return () => clearInterval(timer)
}
