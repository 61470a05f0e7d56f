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

/**
 * A ledger that lasts as long as the process. At a start it is filled from the store's own trail, which a restored backup sets back.
 * Whoever was erased under a `former` pepper is found, too.
 */
export const createMemoryErasureLedger = ({
  pepper,
  former = [],
}: {
  readonly pepper: string
  readonly former?: readonly string[]
}): ErasureLedger => toLedger({ peppers: [pepper, ...former], epochs: new Map(), write: async () => {} })

/** A ledger over its entries in memory; `write` makes one durable before it counts. What is new is kept under the first pepper. */
export const toLedger = ({
  peppers,
  epochs,
  write,
}: {
  readonly peppers: readonly [string, ...string[]]
  readonly epochs: Map<string, number>
  readonly write: (erasure: Erasure) => Promise<void>
}): ErasureLedger => {
  const epochOf = (key: string) => Math.max(0, ...peppers.map((pepper) => epochs.get(subjectUnder(pepper, key)) ?? 0))
  return {
    subjectOf: (key) => subjectUnder(peppers[0], key),
    epochs: async (keys) => keys.map((key) => (epochs.size === 0 ? 0 : epochOf(key))),
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

/** 128 bits: two people do not meet. */
const subjectUnder = (pepper: string, key: string): string =>
  createHmac("sha256", pepper).update(key).digest("hex").slice(0, 32)
