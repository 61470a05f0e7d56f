import {
  type Context,
  type ContextDefinition,
  emptyContext,
  type Fields,
  type Identity,
  identityKey,
  joinContexts,
  type Store,
} from "@tellonce/core"
import { joinLinked, type LinkConflict } from "./identity/join-linked.ts"
import { walkLinks } from "./identity/walk-links.ts"

/** A customer as one read found them: the join over every identity proven to be theirs. */
export interface Customer<F extends Fields = Fields> {
  readonly identities: readonly string[]
  readonly context: Context<F>
  /** The place in the log of the newest signal in it. */
  readonly seq: number
  /** That place of each identity by itself. */
  readonly places: ReadonlyMap<string, number>
  /** Proven links that contradict each other: they join nobody until one of them is unlinked. */
  readonly conflicts: readonly LinkConflict[]
}

/** Finds whom an identity belongs to; `alone` leaves out all that is linked to it. */
export type FindCustomer<F extends Fields = Fields> = (identity: Identity, alone?: boolean) => Promise<Customer<F>>

export interface ReadCustomer {
  /** Reads that identity and no other: all that an unproven caller may see. */
  readonly alone: boolean
  /** Kinds of which a customer has one value at most; `user` unless told. */
  readonly unique?: ReadonlySet<string>
}

const usuallyUnique: ReadonlySet<string> = new Set(["user"])

/** Follows verified links from one identity. */
export const readCustomer = async <F extends Fields>(
  definition: ContextDefinition<F>,
  store: Pick<Store, "read">,
  identity: Identity,
  { alone, unique = usuallyUnique }: ReadCustomer,
): Promise<Customer<F>> => {
  const key = identityKey(identity)
  const { found, links } = await walkLinks(definition, store, [key], { alone })
  const { groupOf, conflicts } = joinLinked(links, unique)
  const identities = groupOf(key)
  const parts = identities.flatMap((one) => found.get(one) ?? [])
  return {
    identities,
    context: parts.map(({ context }) => context).reduce(joinContexts, emptyContext(definition)),
    seq: Math.max(0, ...parts.map(({ seq }) => seq)),
    places: new Map(identities.map((one) => [one, found.get(one)?.seq ?? 0])),
    conflicts: conflicts.filter(({ from, to }) => identities.includes(from) || identities.includes(to)),
  }
}
