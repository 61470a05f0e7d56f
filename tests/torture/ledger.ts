/** What the clients know: whose each signal is, and which were acknowledged. */
export interface Ledger {
  /** Identity key of each signal id that was ever sent. */
  readonly sent: Map<string, string>
  readonly acked: Set<string>
}

export const createLedger = (): Ledger => ({ sent: new Map(), acked: new Set() })

export interface Verdict {
  /** Acknowledged, and not in the log exactly once or not counted in the view. */
  readonly lost: number
  /** In the log more than once, or counted more than once. */
  readonly doubled: number
}

/** Holds what a store has against what was acknowledged: ids in the log, and hits counted, by identity key. */
export const judge = (
  { sent, acked }: Ledger,
  { logged, hits }: { readonly logged: readonly string[]; readonly hits: ReadonlyMap<string, number> },
): Verdict => {
  const distinct = new Set(logged)
  const missing = [...acked].filter((id) => !distinct.has(id)).length
  const expected = new Map<string, number>()
  for (const id of distinct) {
    const key = sent.get(id) ?? ""
    expected.set(key, (expected.get(key) ?? 0) + 1)
  }
  const gaps = [...new Set([...expected.keys(), ...hits.keys()])].map(
    (key) => (hits.get(key) ?? 0) - (expected.get(key) ?? 0),
  )
  const uncounted = gaps.reduce((sum, gap) => sum + Math.max(0, -gap), 0)
  const overcounted = gaps.reduce((sum, gap) => sum + Math.max(0, gap), 0)
  return { lost: missing + uncounted, doubled: logged.length - distinct.size + overcounted }
}
