import { parseIdentityKey } from "@tellonce/core"
import type { LinkState } from "./link-graph.ts"

/** A proven link that joins nobody, because it would make one customer of two. */
export interface LinkConflict {
  readonly from: string
  readonly to: string
}

export interface Joined {
  /** Whom this identity is one with, itself included, in order. */
  groupOf(key: string): readonly string[]
  /** Older links come first, so it is the newer of two that conflicts. */
  readonly conflicts: readonly LinkConflict[]
}

/**
 * Groups identities by their links, oldest first, and leaves out a link that would bring two values of a unique kind together. The
 * same for whichever identity a reader begins with, and what checking one link after the other would have let through.
 */
export const joinLinked = (links: readonly LinkState[], unique: ReadonlySet<string>): Joined => {
  const groups = new Map<string, readonly string[]>()
  const groupOf = (key: string) => groups.get(key) ?? [key]
  const conflicts: LinkConflict[] = []
  for (const { a, b, joined } of links) {
    if (!joined || groupOf(a).includes(b)) continue
    const together = [...groupOf(a), ...groupOf(b)].sort()
    if (conflictingKind(together, unique) === undefined) for (const key of together) groups.set(key, together)
    else conflicts.push({ from: a, to: b })
  }
  return { groupOf, conflicts }
}

/** The kind of which these hold two values though a customer has one. */
export const conflictingKind = (keys: readonly string[], unique: ReadonlySet<string>): string | undefined => {
  const seen = new Set<string>()
  for (const key of keys) {
    const { kind } = parseIdentityKey(key)
    if (!unique.has(kind)) continue
    if (seen.has(kind)) return kind
    seen.add(kind)
  }
  return undefined
}
