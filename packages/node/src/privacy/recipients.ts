import { type AuditTrail, type Millis, parseIdentityKey } from "@tellonce/core"
import type { Access } from "../access/create-access.ts"
import type { SubjectNames } from "../audit/audit-keys.ts"
import { type Sighting, whoRead } from "../audit/who-read.ts"
import type { Recipient } from "./export-lines.ts"

/** What shows nobody anything: the rest is looked at by somebody. */
const silent: ReadonlySet<string> = new Set([
  ...["write", "merge", "unmerge", "claim", "erase", "withdraw", "reaffirm"],
  ...["issue_token", "revoke"],
])

/** Everybody to whom something of these identities was shown up to now, by what they did. */
export const recipientsOf = async (
  {
    store,
    names,
    access,
  }: { readonly store: AuditTrail; readonly names: SubjectNames; readonly access: Pick<Access, "agent"> },
  keys: readonly string[],
  now: Millis,
): Promise<readonly Recipient[]> => {
  const wanted = keys.flatMap((key) => names.namesOf(parseIdentityKey(key)))
  const seen = await whoRead(store, { names: wanted, from: 0, to: now })
  const found = new Map<string, Recipient>()
  for (const { at, entry } of seen) {
    if (entry.outcome !== "allowed" || silent.has(String(entry.action))) continue
    const by = String(entry.by)
    const name = `${by} ${String(entry.action)}`
    found.set(name, withSighting(found.get(name), { at, entry }, channelOf(access, by)))
  }
  return [...found.values()].sort((a, b) => a.first - b.first)
}

const withSighting = (
  known: Recipient | undefined,
  { at, entry }: Pick<Sighting, "at" | "entry">,
  channel: string | undefined,
): Recipient => ({
  by: String(entry.by),
  ...(channel !== undefined && { channel }),
  action: String(entry.action),
  purposes: [...new Set([...(known?.purposes ?? []), ...(typeof entry.purpose === "string" ? [entry.purpose] : [])])],
  times: (known?.times ?? 0) + 1,
  first: Math.min(known?.first ?? at, at),
  last: Math.max(known?.last ?? at, at),
})

const channelOf = (access: Pick<Access, "agent">, by: string): string | undefined =>
  by.startsWith("agent:") ? access.agent(by.slice("agent:".length))?.channel : undefined
