import {
  type Context,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  type Fields,
  type Identity,
  identityKey,
  joinContexts,
  type Link,
  type Store,
  type StoredContext,
  view,
} from "@tellonce/core"

/** A customer as one read found them: the join over every identity proven to be theirs. */
export interface Customer<F extends Fields = Fields> {
  readonly identities: readonly string[]
  readonly context: Context<F>
  /** The place in the log of the newest signal in it. */
  readonly seq: number
}

/** A cycle of links ends by itself; this ends a graph that someone grew on purpose. */
const mostIdentities = 50

/** Follows verified links from one identity. `alone` reads that identity and no other: all that an unproven caller may see. */
export const readCustomer = async <F extends Fields>(
  definition: ContextDefinition<F>,
  store: Store,
  identity: Identity,
  { alone }: { readonly alone: boolean },
): Promise<Customer<F>> => {
  const seen = new Map<string, StoredContext>()
  let context = emptyContext(definition)
  let next = [identityKey(identity)]
  while (next.length > 0) {
    const found = await store.read(next)
    const contexts = found.map(({ encoded }) =>
      encoded === undefined ? emptyContext(definition) : decodeContext(definition, encoded),
    )
    for (const stored of found) seen.set(stored.key, stored)
    context = contexts.reduce(joinContexts, context)
    const linked = alone ? [] : contexts.flatMap(verifiedKeys).filter((key) => !seen.has(key))
    next = [...new Set(linked)].slice(0, mostIdentities - seen.size)
  }
  return { identities: [...seen.keys()].sort(), context, seq: Math.max(...[...seen.values()].map(({ seq }) => seq)) }
}

const verifiedKeys = (context: Context): readonly string[] =>
  view(context, { now: 0 })
    .$.links.filter(({ proof }: Link) => proof === "verified")
    .map(identityKey)
