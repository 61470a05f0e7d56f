import type { Context, ContextDefinition, Fields, Store } from "@tellonce/core"
import { contextOf } from "../stored-context.ts"
import { type LinkState, linkStates, newestStates } from "./link-graph.ts"

export interface Found<F extends Fields = Fields> {
  readonly context: Context<F>
  readonly seq: number
}

export interface Walked<F extends Fields = Fields> {
  readonly found: ReadonlyMap<string, Found<F>>
  /** Of each pair the newest statement, oldest first; only among those found. */
  readonly links: readonly LinkState[]
}

/** A cycle of links ends by itself; this ends a graph that someone grew on purpose. Caps on kinds keep a customer well below it. */
export const mostIdentities = 100

/** Reads these identities and, along their links, all others, each distance in one read. `states` are links that are not stored yet. */
export const walkLinks = async <F extends Fields>(
  definition: ContextDefinition<F>,
  store: Pick<Store, "read">,
  from: readonly string[],
  { alone, states = [] }: { readonly alone: boolean; readonly states?: readonly LinkState[] },
): Promise<Walked<F>> => {
  const found = new Map<string, Found<F>>()
  const all = [...states]
  let next = [...new Set(from)]
  while (next.length > 0) {
    for (const stored of await store.read(next)) {
      const { key, seq } = stored
      const context = contextOf(definition, stored)
      found.set(key, { context, seq })
      if (!alone) all.push(...linkStates(key, context))
    }
    const reached = newestStates(all).flatMap(({ a, b, joined }) =>
      joined && (found.has(a) || found.has(b)) ? [a, b] : [],
    )
    next = [...new Set(reached)].filter((key) => !found.has(key)).slice(0, mostIdentities - found.size)
  }
  return { found, links: newestStates(all).filter(({ a, b }) => found.has(a) && found.has(b)) }
}
