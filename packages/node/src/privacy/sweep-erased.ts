import {
  type AuditNote,
  type ContextDefinition,
  decodeContext,
  identityKey,
  isEvent,
  type Signal,
  type Store,
  type Sweeper,
} from "@tellonce/core"
import { keepEntries } from "./keep-only.ts"
import { logOf } from "./log-of.ts"

/** Removes physically all of these identities, and their names where others are linked to them. The notes are kept with the last of it. */
export const sweepErased = async (
  { definition, store }: { readonly definition: ContextDefinition; readonly store: Store & Sweeper },
  keys: readonly string[],
  notes: readonly AuditNote[],
): Promise<void> => {
  const erased = new Set(keys)
  const others = (await linkedTo(definition, store, keys)).filter((key) => !erased.has(key))
  const leadsToErased = (value: unknown) => erased.has(linkEnd(value) ?? "")
  if (others.length > 0) {
    await store.sweep(others, {
      context: ({ encoded }) =>
        encoded === undefined
          ? undefined
          : keepEntries(definition, encoded, (field, { value }) => field !== "$links" || !leadsToErased(value)),
      signal: ({ signal }) => (leadsToErased(signal.event) ? withoutEvent(signal) : signal),
    })
  }
  await store.sweep(keys, { context: () => undefined, signal: () => undefined, forgetDuplicates: true }, notes)
}

/** All that were ever linked to one of these, proven, claimed or parted again: the other end holds the name of this one. */
const linkedTo = async (
  definition: ContextDefinition,
  store: Store,
  keys: readonly string[],
): Promise<readonly string[]> => {
  const found = new Set<string>()
  const place = definition.placeOf.get("$links")?.index ?? -1
  for (const { encoded } of await store.read(keys)) {
    const links = encoded === undefined ? [] : (decodeContext(definition, encoded).entries[place] ?? [])
    for (const { value } of links) found.add(linkEnd(value) ?? "")
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
