import { isEvent } from "../house-fields.ts"
import { identityKey } from "../identity.ts"
import type { Signal } from "../signal.ts"

/** Who is whom by verified links, as far as it has heard. Fed in order, the last word on a pair stands. */
export interface LinkGraph {
  hear(signal: Signal & { readonly key: string }): void
  /** The keys of one customer: this one and all that proven links lead to. */
  reach(key: string): readonly string[]
}

export const createLinkGraph = (): LinkGraph => {
  const neighbours = new Map<string, Set<string>>()
  const join = (key: string, to: string) => neighbours.set(key, (neighbours.get(key) ?? new Set()).add(to))
  const part = (key: string, to: string) => neighbours.get(key)?.delete(to)
  return {
    hear({ key, event }) {
      if (!isEvent(event, "linked", "unlinked")) return
      // A claim can neither make nor break what is verified.
      if (event.name === "linked" && event.proof !== "verified") return
      const to = identityKey(event.to)
      const change = event.name === "linked" ? join : part
      change(key, to)
      change(to, key)
    },
    reach(key) {
      const found = new Set([key])
      // A Set may grow while it is walked: this visits what it adds.
      for (const each of found) for (const next of neighbours.get(each) ?? []) found.add(next)
      return [...found]
    },
  }
}
