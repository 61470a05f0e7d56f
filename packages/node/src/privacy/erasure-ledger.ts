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
  /** The keyed hashes of an identity's key, one under each pepper. Another pepper finds nobody again: keep it as long as the ledger. */
  subjectsOf(key: string): readonly string[]
  /** Per identity key the least epoch that is welcome; 0 for one that was never erased. */
  epochs(keys: readonly string[]): Promise<readonly number[]>
  /** Takes these in; of two of one subject the higher epoch counts. Durable when it resolves, on a full disk too. */
  keep(erasures: readonly Erasure[]): Promise<void>
  entries(): Promise<readonly Erasure[]>
}

/**
 * A ledger that lasts as long as the process. At a start it is filled from the store's own trail, which a restored backup sets back.
 * Under each `former` pepper, too, whoever was erased is found, and is written down for those who have no other.
 */
export const createMemoryErasureLedger = ({
  pepper,
  former = [],
}: {
  readonly pepper: string
  readonly former?: readonly string[]
}): ErasureLedger => toLedger({ peppers: [pepper, ...former], epochs: new Map(), write: async () => {} })

/** A ledger over its entries in memory; `write` makes one durable before it counts. */
export const toLedger = ({
  peppers,
  epochs,
  write,
}: {
  readonly peppers: readonly string[]
  readonly epochs: Map<string, number>
  readonly write: (erasure: Erasure) => Promise<void>
}): ErasureLedger => {
  const subjectsOf = (key: string) => peppers.map((pepper) => subjectUnder(pepper, key))
  const epochOf = (key: string) => Math.max(0, ...subjectsOf(key).map((subject) => epochs.get(subject) ?? 0))
  return {
    subjectsOf,
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
