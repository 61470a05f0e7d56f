import {
  type Context,
  type ContextDefinition,
  emptyContext,
  type Identity,
  identityKey,
  joinContexts,
  type Millis,
  type Store,
  view,
} from "@tellonce/core"
import { canonicalHash } from "../canonical-hash.ts"
import type { IdentityRules } from "./identity-rules.ts"
import { joinLinked } from "./join-linked.ts"
import { linkStates, newestStates } from "./link-graph.ts"
import { type Walked, walkLinks } from "./walk-links.ts"
import { withLinks } from "./with-links.ts"

export interface UnlinkSides {
  /** False: other links still make them one customer, and there is one side. */
  readonly parted: boolean
  readonly sides: readonly UnlinkSide[]
}

/** One customer as they are, or will be, without the link. */
export interface UnlinkSide {
  readonly identities: readonly string[]
  /** How many values the declared fields keep. */
  readonly facts: number
  readonly matters: number
  readonly hash: string
}

export interface Ends {
  readonly definition: ContextDefinition
  readonly store: Pick<Store, "read">
  readonly rules: IdentityRules
  readonly identity: Identity
  readonly to: Identity
  readonly now: Millis
}

/** The customers on both sides when this link is gone; undefined where these two are not linked directly. */
export const previewSides = async (ends: Ends): Promise<UnlinkSides | undefined> => {
  const [a = "", b = ""] = [identityKey(ends.identity), identityKey(ends.to)].sort()
  const gone = { a, b, at: Number.POSITIVE_INFINITY, id: "", joined: false }
  const walked = await walkLinks(ends.definition, ends.store, [a, b], { alone: false, states: [gone] })
  const states = [...walked.found].flatMap(([key, { context }]) => linkStates(key, context))
  const isLinked = newestStates(states).some((state) => state.a === a && state.b === b && state.joined)
  return isLinked ? sidesOf(walked, ends) : undefined
}

/** The customers on both sides of a link as they are now. */
export const currentSides = async (ends: Ends): Promise<UnlinkSides> => {
  const keys = [identityKey(ends.identity), identityKey(ends.to)]
  return sidesOf(await walkLinks(ends.definition, ends.store, keys, { alone: false }), ends)
}

const sidesOf = ({ found, links }: Walked, { definition, rules, identity, to, now }: Ends): UnlinkSides => {
  const { groupOf } = joinLinked(links, rules.unique)
  const [mine, theirs] = [identityKey(identity), identityKey(to)]
  const toSide = (key: string): UnlinkSide => {
    const identities = groupOf(key)
    const parts = identities.flatMap((one) => {
      const context = found.get(one)?.context
      return context === undefined
        ? []
        : [withoutLink(context, one === mine ? theirs : one === theirs ? mine : undefined)]
    })
    const context = parts.reduce(joinContexts, emptyContext(definition))
    return {
      identities,
      facts: countFacts(context),
      matters: view(context, { now }).$.matters.length,
      hash: canonicalHash(context),
    }
  }
  const parted = !groupOf(mine).includes(theirs)
  return { parted, sides: parted ? [toSide(mine), toSide(theirs)] : [toSide(mine)] }
}

const withoutLink = (context: Context, to: string | undefined): Context =>
  to === undefined ? context : withLinks(context, (event) => identityKey(event.to) !== to)

const countFacts = ({ definition, entries }: Context): number =>
  definition.places
    .filter(({ name }) => Object.hasOwn(definition.fields, name))
    .reduce((sum, { index }) => sum + (entries[index] ?? []).filter(({ cleared }) => !cleared).length, 0)
