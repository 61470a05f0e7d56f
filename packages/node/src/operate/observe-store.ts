import { isTellonceError, type Millis, type ServiceStore, type StoreUpdate } from "@tellonce/core"
import type { Metrics } from "./create-metrics.ts"
import type { Tracing } from "./create-tracing.ts"

export interface ObservedStore {
  readonly store: ServiceStore
  backlog(): { readonly waiting: number; readonly oldest: Millis }
  /** A write was refused by the store a moment ago, and none has succeeded since. */
  isFailing(): boolean
}

/** So long after a refused write. No longer: whoever is sent nothing because of it would never learn that the store takes writes again. */
const failsFor: Millis = 5_000

/** The store with a watch on it: what waits for it, how long it takes, whether it fails. */
export const observeStore = (
  store: ServiceStore,
  options: { readonly metrics: Metrics; readonly tracing: Tracing; readonly stopwatch: () => Millis },
): ObservedStore => {
  const { metrics, tracing, stopwatch } = options
  /** In order of their beginning, so that the first is the oldest. */
  const waiting = new Map<object, Millis>()
  let refusedAt: Millis | undefined

  const timed = async <Result>(operation: string, work: () => Promise<Result>): Promise<Result> => {
    const call = {}
    const began = stopwatch()
    waiting.set(call, began)
    try {
      return await tracing.store(operation, work)
    } finally {
      waiting.delete(call)
      metrics.storeCalled(operation, stopwatch() - began)
    }
  }
  const written = async (work: () => Promise<StoreUpdate>): Promise<StoreUpdate> => {
    try {
      const update = await timed("update", work)
      refusedAt = undefined
      return update
    } catch (thrown) {
      if (isTellonceError(thrown) && thrown.code.startsWith("store/")) refusedAt = stopwatch()
      throw thrown
    }
  }

  const observed: ServiceStore = {
    read: (keys) => timed("read", () => store.read(keys)),
    update: (signals, change, notes) => written(() => store.update(signals, change, notes)),
    log: (query) => timed("log", () => store.log(query)),
    watch: (listener, wanted) => store.watch(listener, wanted),
    lateness: store.lateness,
    note: (notes) => timed("note", () => store.note(notes)),
    audit: (query) => store.audit(query),
    chains: () => store.chains(),
    keys: (query) => store.keys(query),
    sweep: (keys, change, notes) => timed("sweep", () => store.sweep(keys, change, notes)),
    prune: (before) => store.prune(before),
    once: (name, until) => timed("once", () => store.once(name, until)),
    put: (outgoing) => timed("put", () => store.put(outgoing)),
    lease: (query) => store.lease(query),
    settle: (settled) => timed("settle", () => store.settle(settled)),
    ...(store.snapshot && { snapshot: () => timed("snapshot", async () => (await store.snapshot?.()) ?? "") }),
    async close() {
      await store.close?.()
    },
  }
  return {
    store: observed,
    backlog() {
      const [oldest] = waiting.values()
      return { waiting: waiting.size, oldest: oldest === undefined ? 0 : stopwatch() - oldest }
    },
    isFailing: () => refusedAt !== undefined && stopwatch() - refusedAt < failsFor,
  }
}
