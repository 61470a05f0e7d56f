import { setImmediate } from "node:timers/promises"
import { type ContextDefinition, encodeContext, type Millis, type ServiceStore, type Signal } from "@tellonce/core"
import { addressSignal } from "../ingest/address-signal.ts"
import { contextOf } from "../stored-context.ts"
import type { ErasureLedger } from "./erasure-ledger.ts"
import { keepIn } from "./keep-only.ts"

/** Where several nodes share a store, what one of them has kept lately: it may learn only then of an erasure on another. */
export interface LateKeeps {
  /** These were kept by what was known of erasures: per identity key the epoch that was welcome. */
  add(signals: readonly Signal[], epochs: ReadonlyMap<string, number>): void
  /** Removes those of whoever is known by now to have been erased before, and nothing that came since by a new token. */
  sweep(): Promise<void>
}

interface Kept extends Pick<Signal, "id" | "source"> {
  readonly keys: readonly string[]
  readonly epochs: readonly number[]
}

/** Longer than another node's erasure can be unknown here while there is something to keep. */
const span: Millis = 5_000
/** Looked through in one turn of the event loop. */
const perTurn = 500

export const createLateKeeps = (options: {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly ledger: ErasureLedger
  readonly clock: () => Millis
}): LateKeeps => {
  const { definition, store, ledger, clock } = options
  // In two generations: of the last seconds all is remembered, of twice as many at most.
  let young: Kept[] = []
  let old: Kept[] = []
  let since = Number.NEGATIVE_INFINITY

  /** Those of whoever was erased since, as is known by now. */
  const findLate = async (): Promise<ReadonlySet<Kept>> => {
    const late = new Set<Kept>()
    for (const [index, kept] of [...old, ...young].entries()) {
      if (index > 0 && index % perTurn === 0) await setImmediate()
      const now = await ledger.epochs(kept.keys)
      if (now.some((epoch, place) => epoch > (kept.epochs[place] ?? 0))) late.add(kept)
    }
    return late
  }
  return {
    add(signals, epochs) {
      if (store.lateness === undefined) return
      // A clock may be set back.
      if (Math.abs(clock() - since) >= span) {
        old = young
        young = []
        since = clock()
      }
      for (const signal of signals) {
        const keys = addressSignal(signal, 0).map(({ key }) => key)
        young.push({ id: signal.id, source: signal.source, keys, epochs: keys.map((key) => epochs.get(key) ?? 0) })
      }
    },
    async sweep() {
      const late = await findLate()
      if (late.size === 0) return
      const names = new Set([...late].map(nameOf))
      const isLate = (one: Pick<Signal, "id" | "source">) => names.has(nameOf(one))
      await store.sweep([...new Set([...late].flatMap(({ keys }) => keys))], {
        context(stored) {
          const kept = keepIn(contextOf(definition, stored), (_field, entry) => !isLate(entry))
          return kept.entries.every((entries) => entries.length === 0) ? undefined : encodeContext(kept)
        },
        signal: ({ signal }) => (isLate(signal) ? undefined : signal),
        forgetDuplicates: true,
      })
      young = young.filter((kept) => !late.has(kept))
      old = old.filter((kept) => !late.has(kept))
    },
  }
}

/** A signal's name, and that of all entries it has made: they are numbered behind a `#`, which no id holds. */
const nameOf = ({ id, source }: Pick<Signal, "id" | "source">): string => `${id.split("#", 1)[0]} ${source}`
