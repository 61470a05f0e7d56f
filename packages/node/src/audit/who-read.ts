import type { AuditRecord, AuditTrail, Millis } from "@tellonce/core"
import { walkChain } from "./walk-chain.ts"

/** One entry about a customer: who, what, when. */
export type Sighting = Pick<AuditRecord, "chain" | "seq" | "at" | "entry">

/** Every entry about one of these names within the time. A stream counts until it ended at the latest. */
export const whoRead = async (
  store: AuditTrail,
  wanted: { readonly names: readonly string[]; readonly from: Millis; readonly to: Millis },
): Promise<readonly Sighting[]> => {
  const names = new Set(wanted.names)
  const found: Sighting[] = []
  // All chains, not the customer's own alone: who reads one identity of a customer sees the others.
  for (const chain of await store.chains()) {
    for await (const { seq, at, entry } of walkChain(store, chain)) {
      const concerns = Array.isArray(entry.subjects) && entry.subjects.some((name) => names.has(String(name)))
      if (concerns && at <= wanted.to && lastMoment(at, entry) >= wanted.from) found.push({ chain, seq, at, entry })
    }
  }
  return found.sort((a, b) => a.at - b.at || a.seq - b.seq)
}

const lastMoment = (at: Millis, { action, detail }: AuditRecord["entry"]): Millis => {
  if (action !== "stream") return at
  const until = typeof detail === "object" && detail !== null && "until" in detail ? detail.until : undefined
  return typeof until === "number" ? until : Number.POSITIVE_INFINITY
}
