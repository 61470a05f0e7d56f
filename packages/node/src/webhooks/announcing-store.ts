import type { Addressed, ServiceStore } from "@tellonce/core"
import type { Announcer } from "./create-announcer.ts"

/** The store, where what others are to be told of a signal is put with the signal. `onPut` is called when it is durable. */
export const announcingStore = (
  store: ServiceStore,
  { announcer, onPut }: { readonly announcer: Announcer; readonly onPut: () => void },
): ServiceStore => {
  const announced = (addressed: Addressed): Addressed => {
    const outgoing = announcer.ofSignal(addressed)
    return outgoing.length === 0 ? addressed : { ...addressed, outgoing }
  }
  return {
    ...store,
    async update(signals, change, notes) {
      const sent = signals.map(announced)
      const update = await store.update(sent, change, notes)
      if (sent.some(({ outgoing }) => outgoing !== undefined)) onPut()
      return update
    },
  }
}
