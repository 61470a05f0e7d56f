import { createHmac } from "node:crypto"

/** That somebody was erased, without saying who: `subject` is a keyed hash, `epoch` the least that is welcome since. */
export interface Erasure {
  readonly subject: string
  readonly epoch: number
}

/**
 * Who was erased. It outlives the store and its backups, so it holds keyed hashes alone. An entry is a least epoch and no ban: whoever
 * comes back with a new token starts empty.
 */
export interface ErasureLedger {
  /** The keyed hash of an identity's key. Another pepper finds nobody again: keep it as long as the ledger. */
  subjectOf(key: string): string
  /** Per identity key the least epoch that is welcome; 0 for one that was never erased. */
  epochs(keys: readonly string[]): Promise<readonly number[]>
  /** Takes these in; of two of one subject the higher epoch counts. Durable when it resolves, on a full disk too. */
  keep(erasures: readonly Erasure[]): Promise<void>
  entries(): Promise<readonly Erasure[]>
}

/** A ledger that lasts as long as the process. At a start it is filled from the store's own trail, which a restored backup sets back. */
export const createMemoryErasureLedger = ({ pepper }: { readonly pepper: string }): ErasureLedger =>
  toLedger({ pepper, epochs: new Map(), write: async () => {} })

/** A ledger over its entries in memory; `write` makes one durable before it counts. */
export const toLedger = ({
  pepper,
  epochs,
  write,
}: {
  readonly pepper: string
  readonly epochs: Map<string, number>
  readonly write: (erasure: Erasure) => Promise<void>
}): ErasureLedger => {
  // 128 bits: two people do not meet.
  const subjectOf = (key: string) => createHmac("sha256", pepper).update(key).digest("hex").slice(0, 32)
  return {
    subjectOf,
    epochs: async (keys) => keys.map((key) => (epochs.size === 0 ? 0 : (epochs.get(subjectOf(key)) ?? 0))),
    async keep(erasures) {
      for (const erasure of erasures) {
        if ((epochs.get(erasure.subject) ?? 0) >= erasure.epoch) continue
        await write(erasure)
        epochs.set(erasure.subject, erasure.epoch)
      }
    },
    entries: async () => [...epochs].map(([subject, epoch]) => ({ subject, epoch })),
  }
}
