import { type FactsOf, type Fields, isEmpty, type Statement } from "@tellonce/core"
import { useCallback } from "react"
import type { ContextStore } from "./create-context-store.ts"

/** What may be told, by field. Null, undefined, "" and [] are left out: a blank form field is no statement. */
export type Told<F extends Fields> = {
  readonly [Name in keyof FactsOf<F>]?: FactsOf<F>[Name] | null | undefined
}

export interface ToldWhere {
  /** Where it is said: `web-chat`, `shop-page`, … */
  readonly channel: string
  readonly matter?: string | undefined
}

/** Each gives a function that stays the same, to be called from handlers and effects. */
export interface WriteHooks<F extends Fields> {
  /** For whatever a signal can say. */
  useRecord(): (statement: Statement<FactsOf<F>>) => void
  /** For facts. */
  useTell(where: ToldWhere): (facts: Told<F>) => void
}

export const createWriteHooks = <F extends Fields>(useStore: () => ContextStore<F>): WriteHooks<F> => ({
  useRecord() {
    return useStore().record
  },
  useTell({ channel, matter }) {
    const { record } = useStore()
    return useCallback((facts) => recordFacts(record, { channel, matter }, facts), [record, channel, matter])
  },
})

/** Records the facts that say something, if there are any. */
export const recordFacts = (
  record: (statement: Statement) => void,
  about: Statement,
  facts: Readonly<Record<string, unknown>>,
): void => {
  const told = Object.entries(facts).filter(([, fact]) => !isEmpty(fact))
  if (told.length > 0) record({ ...about, facts: Object.fromEntries(told) })
}
