import type { LeasedOutgoing, Millis, Outbox, Outgoing } from "@tellonce/core"

interface Kept {
  readonly outgoing: Outgoing
  readonly tries: number
  /** Infinity when it is parked. */
  readonly due: Millis
}

/** The outbox of the memory store. `add`, `forget` and `prune` are for what happens together with an effect. */
export const createMemoryOutbox = () => {
  const kept = new Map<string, Kept>()
  // A receiver's name holds no line feed.
  const nameOf = ({ to, id }: Pick<Outgoing, "to" | "id">): string => `${to}\n${id}`

  const add = (outgoing: readonly Outgoing[]) => {
    for (const one of outgoing) {
      const name = nameOf(one)
      if (!kept.has(name)) kept.set(name, { outgoing: one, tries: 0, due: one.at })
    }
  }
  const removeWhere = (isGone: (one: Kept) => boolean) => {
    for (const [name, one] of kept) if (isGone(one)) kept.delete(name)
  }
  const port: Outbox = {
    put: async (outgoing) => add(outgoing),
    async lease({ to, now, until, limit }) {
      const due = [...kept].filter(([, one]) => one.outgoing.to === to && one.due <= now)
      const first = due.sort(([, a], [, b]) => a.due - b.due).slice(0, limit)
      for (const [name, one] of first) kept.set(name, { ...one, tries: one.tries + 1, due: until })
      return first.map(([, { outgoing, tries }]): LeasedOutgoing => ({ ...outgoing, tries }))
    },
    async settle(settled) {
      for (const { next, ...place } of settled) {
        const name = nameOf(place)
        const one = kept.get(name)
        if (next === "done") kept.delete(name)
        else if (one) kept.set(name, { ...one, due: next === "parked" ? Number.POSITIVE_INFINITY : next })
      }
    },
  }
  return {
    port,
    add,
    forget: (keys: readonly string[]) =>
      removeWhere(({ outgoing: { key } }) => key !== undefined && keys.includes(key)),
    prune: (before: Millis) => removeWhere(({ outgoing: { at } }) => at < before),
  }
}
