import type { LoggedSignal, Signal, Store, StoredContext } from "@tellonce/core"

/**
 * Signals a document may be behind. A fold costs as much as the document is large, and a read as much as the tail is long: at this length
 * neither is felt.
 */
const longestTail = 64

/** A context with more in its tail; `isFolded` where that made a new document. */
export interface Grown {
  readonly context: StoredContext
  readonly isFolded: boolean
}

/** What newly logged signals make of their contexts, in the order they were logged. The first of a context makes its document. */
export const growContexts = (
  added: readonly LoggedSignal[],
  read: (key: string) => StoredContext,
  fold: Parameters<Store["update"]>[1],
): readonly Grown[] => [...tailsOf(added)].map(([key, { seq, signals }]) => grow(read(key), { seq, signals }, fold))

interface Tail {
  seq: number
  readonly signals: Signal[]
}

const tailsOf = (added: readonly LoggedSignal[]): ReadonlyMap<string, Tail> => {
  const tails = new Map<string, Tail>()
  for (const { key, seq, signal } of added) {
    const tail = tails.get(key)
    if (tail) {
      tail.seq = seq
      tail.signals.push(signal)
    } else tails.set(key, { seq, signals: [signal] })
  }
  return tails
}

const grow = (
  { key, encoded, tail: before }: StoredContext,
  { seq, signals }: Tail,
  fold: Parameters<Store["update"]>[1],
): Grown => {
  const context = { key, seq, encoded, tail: before.length === 0 ? signals : [...before, ...signals] }
  if (encoded !== undefined && context.tail.length < longestTail) return { context, isFolded: false }
  return { context: { key, seq, encoded: fold(context), tail: [] }, isFolded: true }
}
