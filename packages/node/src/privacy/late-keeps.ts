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
  /** Erasures have become known: those of whoever was erased are to be swept from now on. */
  look(): Promise<void>
  /** Removes these, and nothing that came since by a new token. An identity for which it fails is told of, and is to be swept still. */
  sweep(): Promise<void>
}

interface Kept {
  /** As `nameOf` has it. */
  readonly name: string
  /** Of each identity it was kept for, the epoch that was welcome. */
  readonly epochs: readonly (readonly [key: string, epoch: number])[]
}

/** Longer than another node's erasure can be unknown here while there is something to keep. */
const span: Millis = 5_000
/** Looked for in one turn of the event loop. */
const perTurn = 500

export const createLateKeeps = (options: {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly ledger: ErasureLedger
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
}): LateKeeps => {
  const { store, ledger, clock, onError } = options
  // In two generations: of the last seconds all is remembered, of twice as many at most.
  let young: Kept[] = []
  let old: Kept[] = []
  let since = Number.NEGATIVE_INFINITY
  /** Per identity key the names of what is to be removed. */
  const late = new Map<string, Set<string>>()
  /** Those of them who were erased, and not only named with somebody who was. */
  const erased = new Set<string>()

  const age = () => {
    // A clock may be set back.
    if (Math.abs(clock() - since) < span) return
    old = young
    young = []
    since = clock()
  }
  return {
    add(signals, epochs) {
      if (store.lateness === undefined) return
      age()
      for (const signal of signals) {
        const keys = addressSignal(signal, 0).map(({ key }) => key)
        young.push({ name: nameOf(signal), epochs: keys.map((key) => [key, epochs.get(key) ?? 0]) })
      }
    },
    async look() {
      const all = [...old, ...young]
      const now = await epochsOf(ledger, new Set(all.flatMap(({ epochs }) => epochs.map(([key]) => key))))
      const isErased = ([key, epoch]: Kept["epochs"][number]) => (now.get(key) ?? 0) > epoch
      const found = new Set(all.filter(({ epochs }) => epochs.some(isErased)))
      for (const { name, epochs } of found) {
        for (const one of epochs) {
          const [key] = one
          late.set(key, (late.get(key) ?? new Set()).add(name))
          if (isErased(one)) erased.add(key)
        }
      }
      young = young.filter((kept) => !found.has(kept))
      old = old.filter((kept) => !found.has(kept))
    },
    async sweep() {
      age()
      for (const [key, names] of late) {
        try {
          await removeNamed(options, key, { names, forgetDuplicates: erased.has(key) })
          late.delete(key)
          erased.delete(key)
        } catch (thrown) {
          onError(thrown)
        }
      }
    },
  }
}

/** Each is asked for once. */
const epochsOf = async (ledger: ErasureLedger, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> => {
  const keys = [...wanted]
  const found = new Map<string, number>()
  for (let from = 0; from < keys.length; from += perTurn) {
    if (from > 0) await setImmediate()
    const some = keys.slice(from, from + perTurn)
    const epochs = await ledger.epochs(some)
    for (const [place, key] of some.entries()) found.set(key, epochs[place] ?? 0)
  }
  return found
}

const removeNamed = (
  { definition, store }: { readonly definition: ContextDefinition; readonly store: ServiceStore },
  key: string,
  { names, forgetDuplicates }: { readonly names: ReadonlySet<string>; readonly forgetDuplicates: boolean },
): Promise<void> => {
  const isNamed = (one: Pick<Signal, "id" | "source">) => names.has(nameOf(one))
  return store.sweep([key], {
    context(stored) {
      const kept = keepIn(contextOf(definition, stored), (_field, entry) => !isNamed(entry))
      return kept.entries.every((entries) => entries.length === 0) ? undefined : encodeContext(kept)
    },
    signal: ({ signal }) => (isNamed(signal) ? undefined : signal),
    forgetDuplicates,
  })
}

/** A signal's name, and that of all entries it has made: they are numbered behind a `#`, which no id holds. */
const nameOf = ({ id, source }: Pick<Signal, "id" | "source">): string => `${id.split("#", 1)[0]} ${source}`
