import {
  type AuditNote,
  type ContextDefinition,
  identityKey,
  isEvent,
  type Outgoing,
  type Signal,
  type Store,
  type Sweeper,
} from "@tellonce/core"
import { claims } from "../access/event-fields.ts"
import { contextOf } from "../stored-context.ts"
import { keepEntries } from "./keep-only.ts"
import { logOf } from "./log-of.ts"

/** Where one identity's context names another. */
const linkFields = ["$links", claims]

/** Removes physically all of these identities, and their names where others are linked to them. What is told of it is kept with the last of it. */
export const sweepErased = async (
  { definition, store }: { readonly definition: ContextDefinition; readonly store: Store & Sweeper },
  keys: readonly string[],
  {
    notes = [],
    outgoing = [],
  }: { readonly notes?: readonly AuditNote[]; readonly outgoing?: readonly Outgoing[] } = {},
): Promise<void> => {
  const erased = new Set(keys)
  const others = (await linkedTo(definition, store, keys)).filter((key) => !erased.has(key))
  const leadsToErased = (value: unknown) => erased.has(linkEnd(value) ?? "")
  if (others.length > 0) {
    await store.sweep(others, {
      context: (stored) =>
        keepEntries(definition, stored, (field, { value }) => !linkFields.includes(field) || !leadsToErased(value)),
      signal: ({ signal }) => (leadsToErased(signal.event) ? withoutEvent(signal) : signal),
    })
  }
  const gone = { context: () => undefined, signal: () => undefined, forgetDuplicates: true, outgoing }
  await store.sweep(keys, gone, notes)
}

/** All that were ever linked to one of these, proven, claimed or parted again: the other end holds the name of this one. */
const linkedTo = async (
  definition: ContextDefinition,
  store: Store,
  keys: readonly string[],
): Promise<readonly string[]> => {
  const found = new Set<string>()
  const places = linkFields.map((field) => definition.placeOf.get(field)?.index ?? -1)
  for (const stored of await store.read(keys)) {
    const { entries } = contextOf(definition, stored)
    for (const { value } of places.flatMap((place) => entries[place] ?? [])) found.add(linkEnd(value) ?? "")
  }
  for await (const { signal } of logOf(store, keys)) found.add(linkEnd(signal.event) ?? "")
  found.delete("")
  return [...found]
}

const linkEnd = (event: unknown): string | undefined => {
  const said = event as Signal["event"]
  return isEvent(said, "linked", "unlinked") ? identityKey(said.to) : undefined
}

const withoutEvent = ({ event: _event, ...signal }: Signal): Signal | undefined =>
  signal.facts === undefined && signal.cleared === undefined ? undefined : signal
