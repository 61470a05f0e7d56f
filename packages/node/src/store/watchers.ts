import type { LoggedSignal, Store } from "@tellonce/core"

/** The listeners of a store. One that throws harms neither the store nor the others. */
export const createWatchers = (): Pick<Store, "watch"> & { notify(added: readonly LoggedSignal[]): void } => {
  const listeners = new Set<(added: readonly LoggedSignal[]) => void>()
  return {
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    notify(added) {
      if (added.length === 0) return
      for (const listener of listeners) {
        try {
          listener(added)
        } catch (thrown) {
          // The update is durable already: a listener's fault must neither make it look refused nor end the process.
          process.emitWarning(thrown instanceof Error ? thrown : new Error(String(thrown)))
        }
      }
    },
  }
}
