import type { LoggedSignal, Signal, Store, StoredContext } from "@tellonce/core"

/**
 * Signals a document may be behind. A fold costs as much as the document is large, and a read as much as the tail is long: at this length
 * neither is felt.
 */
const longestTail = 64
/** Characters of a signal's body. A longer one is not left in a tail, where each read would parse it again. */
const longestInTail = 4_096

/** What is kept of one identity, and how many characters the bodies in its tail have, where they are counted. */
export interface Sized extends StoredContext {
  readonly tailText?: number
}

/** A context with more in its tail; `isFolded` where that made a new document. */
export interface Grown {
  readonly context: Sized
  readonly isFolded: boolean
}

/** Signals that were logged just now, and their bodies where they are written as text. */
export interface Added {
  readonly logged: readonly LoggedSignal[]
  readonly bodies?: readonly string[]
}

/** What newly logged signals make of their contexts, in the order they were logged. The first of a context makes its document. */
export const growContexts = (
  added: Added,
  read: (key: string) => Sized,
  fold: Parameters<Store["update"]>[1],
): readonly Grown[] => [...tailsOf(added)].map(([key, tail]) => grow(read(key), tail, fold))

interface Tail {
  seq: number
  readonly signals: Signal[]
  text: number
  longest: number
}

const tailsOf = ({ logged, bodies = [] }: Added): ReadonlyMap<string, Tail> => {
  const tails = new Map<string, Tail>()
  for (const [index, { key, seq, signal }] of logged.entries()) {
    const length = bodies[index]?.length ?? 0
    const tail = tails.get(key)
    if (tail) {
      tail.seq = seq
      tail.signals.push(signal)
      tail.text += length
      tail.longest = Math.max(tail.longest, length)
    } else tails.set(key, { seq, signals: [signal], text: length, longest: length })
  }
  return tails
}

const grow = (
  { key, encoded, tail: before, tailText = 0 }: Sized,
  { seq, signals, text, longest }: Tail,
  fold: Parameters<Store["update"]>[1],
): Grown => {
  const tail = before.length === 0 ? signals : [...before, ...signals]
  const context = { key, seq, encoded, tail, tailText: tailText + text }
  const isShort = tail.length < longestTail && longest <= longestInTail
  if (encoded !== undefined && isShort) return { context, isFolded: false }
  return { context: { key, seq, encoded: fold(context), tail: [] }, isFolded: true }
}
