import type { LoggedSignal, Signal, Store, StoredContext } from "@tellonce/core"

/** The contexts that newly logged signals change, each changed once with all of its signals, in the order they were logged. */
export const changedContexts = (
  added: readonly LoggedSignal[],
  read: (key: string) => StoredContext,
  change: Parameters<Store["update"]>[1],
): readonly StoredContext[] => {
  const signalsOf = new Map<string, { seq: number; signals: Signal[] }>()
  for (const { key, seq, signal } of added) {
    const group = signalsOf.get(key)
    if (group) {
      group.seq = seq
      group.signals.push(signal)
    } else signalsOf.set(key, { seq, signals: [signal] })
  }
  return [...signalsOf].map(([key, { seq, signals }]) => ({ key, seq, encoded: change(read(key), signals) }))
}
