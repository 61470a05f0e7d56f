import { type Addressed, identityKey, isEvent, type Store } from "@tellonce/core"
import type { IngestResult } from "../ingest/ingest-result.ts"
import type { Principal } from "../principal.ts"
import type { Act } from "./act.ts"
import type { Audit } from "./create-audit.ts"

/** Runs `keep` over a store whose every update also takes notes of what is written, and notes what was not allowed. */
export const auditWrites = async (
  options: { readonly store: Store; readonly audit: Audit; readonly principal: Principal },
  keep: (store: Store) => Promise<readonly IngestResult[]>,
): Promise<readonly IngestResult[]> => {
  const { store, audit, principal } = options
  const results = await keep({
    read: (keys) => store.read(keys),
    log: (query) => store.log(query),
    watch: (listener, wanted) => store.watch(listener, wanted),
    lateness: store.lateness,
    update: (signals, change, notes = []) =>
      store.update(signals, change, [...notes, ...actsOf(principal, signals).map(audit.noteOf)]),
  })
  for (const [code, count] of refusedCodes(results)) {
    void audit.note({ principal, action: "write", outcome: "denied", detail: { code, signals: count } }).catch(() => {})
  }
  return results
}

interface Doing {
  readonly key: string
  readonly action: string
  readonly items: Addressed[]
}

/** One act for each customer and kind of act, not for each signal: a batch of 500 from one page is one line. */
const actsOf = (principal: Principal, addressed: readonly Addressed[]): readonly Act[] => {
  const acts = new Map<string, Doing>()
  let last: Doing | undefined
  for (const item of addressed) {
    const action = actionOf(item)
    // Most batches are of one customer.
    if (last?.key !== item.key || last.action !== action) {
      const name = `${action} ${item.key}`
      last = acts.get(name) ?? { key: item.key, action, items: [] }
      acts.set(name, last)
    }
    last.items.push(item)
  }
  return [...acts.values()].map(({ action, items }) => toAct(principal, action, items))
}

const actionOf = ({ signal: { event } }: Addressed): string => {
  if (isEvent(event, "linked")) return event.proof === "verified" ? "merge" : "claim"
  return isEvent(event, "unlinked") ? "unmerge" : "write"
}

const toAct = (principal: Principal, action: string, items: readonly Addressed[]): Act => {
  const others: string[] = []
  const fields = new Set<string>()
  for (const { signal } of items) {
    const { facts = {}, cleared = [], event } = signal
    for (const field of Object.keys(facts)) fields.add(field)
    for (const field of cleared) fields.add(field)
    if (isEvent(event, "linked", "unlinked")) others.push(identityKey(event.to))
  }
  const subject = items[0]?.signal.identity
  return {
    principal,
    action,
    subject,
    others,
    fields: [...fields],
    outcome: "allowed",
    detail: { signals: items.length },
  }
}

/** Only refusals that say "not you": a wrong shape is a mistake, not a denial. */
const refusedCodes = (results: readonly IngestResult[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const result of results) {
    if (result.status === "rejected" && result.code.startsWith("access/"))
      counts.set(result.code, (counts.get(result.code) ?? 0) + 1)
  }
  return counts
}
