import { type Context, compareText, type Entry, identityKey, isEvent, type SignalEvent } from "@tellonce/core"

/** What was last said of two identities by who could prove it: that they are one customer, or that they are not. */
export interface LinkState {
  readonly a: string
  readonly b: string
  readonly at: number
  readonly id: string
  readonly joined: boolean
}

/** The proven statements in one identity's context about whom it belongs to. Claims are none. */
export const linkStates = (key: string, { entries, definition }: Context): readonly LinkState[] => {
  const links = (entries[definition.placeOf.get("$links")?.index ?? -1] ?? []) as readonly Entry<SignalEvent>[]
  return links.flatMap(({ at, id, value }) => {
    if (!isEvent(value, "linked", "unlinked") || (value.name === "linked" && value.proof !== "verified")) return []
    const other = identityKey(value.to)
    const [a, b] = key < other ? [key, other] : [other, key]
    return [{ a, b, at, id, joined: value.name === "linked" }]
  })
}

/** Of each pair the newest statement of either end, oldest first. */
export const newestStates = (states: Iterable<LinkState>): readonly LinkState[] => {
  const newest = new Map<string, LinkState>()
  for (const state of states) {
    const pair = JSON.stringify([state.a, state.b])
    const known = newest.get(pair)
    if (known === undefined || byAge(known, state) < 0) newest.set(pair, state)
  }
  return [...newest.values()].sort(byAge)
}

/** A total order, so that every reader and every node decides alike; of what is otherwise equal the parting counts. */
const byAge = (x: LinkState, y: LinkState): number =>
  x.at - y.at ||
  compareText(x.id, y.id) ||
  compareText(x.a, y.a) ||
  compareText(x.b, y.b) ||
  Number(y.joined) - Number(x.joined)
