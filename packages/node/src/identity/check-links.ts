import {
  type ContextDefinition,
  identityKey,
  isEvent,
  parseIdentityKey,
  type Refusal,
  refuse,
  type Signal,
  type Store,
} from "@tellonce/core"
import type { IdentityRules } from "./identity-rules.ts"
import { conflictingKind, joinLinked } from "./join-linked.ts"
import type { LinkState } from "./link-graph.ts"
import { mostIdentities, walkLinks } from "./walk-links.ts"

/** Does this signal make one customer of two identities? */
export const isJoin = ({ event }: Signal): boolean => isEvent(event, "linked") && event.proof === "verified"

/**
 * Why each of these signals may not join what it links; undefined where it may, and for what is no link. Reads whoever is linked, and
 * counts the links of the batch that come before. Two nodes that check at the same moment do not see each other: `readCustomer` leaves
 * out what they let through together.
 */
export const checkLinks = async (
  signals: readonly (Signal | undefined)[],
  options: {
    readonly definition: ContextDefinition
    readonly store: Pick<Store, "read">
    readonly rules: IdentityRules
  },
): Promise<readonly (Refusal | undefined)[]> => {
  const { definition, store, rules } = options
  const states: LinkState[] = []
  const refusals: (Refusal | undefined)[] = []
  for (const signal of signals) {
    const state = signal && toState(signal)
    let refusal: Refusal | undefined
    if (state?.joined) {
      const { links } = await walkLinks(definition, store, [state.a, state.b], { alone: false, states })
      const { groupOf } = joinLinked(links, rules.unique)
      refusal = checkJoin(groupOf(state.a), groupOf(state.b), rules)
    }
    if (state && refusal === undefined) states.push(state)
    refusals.push(refusal)
  }
  return refusals
}

const toState = ({ identity, event, at, id }: Signal): LinkState | undefined => {
  if (!isEvent(event, "linked", "unlinked") || (event.name === "linked" && event.proof !== "verified")) return undefined
  const [a = "", b = ""] = [identityKey(identity), identityKey(event.to)].sort()
  return { a, b, at, id, joined: event.name === "linked" }
}

const checkJoin = (mine: readonly string[], theirs: readonly string[], rules: IdentityRules): Refusal | undefined => {
  if (mine === theirs || theirs.some((key) => mine.includes(key))) return undefined
  const together = [...mine, ...theirs]
  const unique = conflictingKind(together, rules.unique)
  if (unique !== undefined) {
    return refuse(
      "link/conflict",
      `Both are proven to be customers of their own: each has a "${unique}". Unlink the one that is wrong, then link again.`,
    )
  }
  const counts = new Map<string, number>()
  for (const key of together) {
    const { kind } = parseIdentityKey(key)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const full = [...counts].find(([kind, count]) => count > rules.capOf(kind))?.[0]
  if (full === undefined && together.length <= mostIdentities) return undefined
  return refuse(
    "link/cap",
    `One customer would have more than ${full === undefined ? `${mostIdentities} identities` : `${rules.capOf(full)} of the kind "${full}"`}. Is it one person? Unlink what is no longer theirs, or raise identities.caps.`,
  )
}
