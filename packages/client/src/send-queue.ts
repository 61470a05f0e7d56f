import type { Millis, Signal } from "@tellonce/core"
import type { Held } from "./held.ts"
import type { Outbox } from "./outbox.ts"

/** What waits to be sent, in order; the outbox behind it holds the same over a reload. */
export interface SendQueue {
  add(held: Held): void
  /** What an earlier page left behind, oldest first: it goes before what was added since. */
  restore(left: readonly Held[]): void
  list(): readonly Held[]
  has(id: string): boolean
  remove(ids: readonly string[]): void
  /** It goes out: from here on its time is fixed. */
  sending(ids: readonly string[]): void
  /** The first guess of the time was wrong by this much. */
  restamp(wrongBy: Millis): void
  /** Resolves when all that was added is kept. */
  settled(): Promise<unknown>
}

export interface SendQueueOptions {
  readonly outbox: Outbox
  readonly onKept: () => void
  /** The queue was full: the oldest made room. */
  readonly onDropped: (held: Held) => void
  readonly limit?: number
}

export const createSendQueue = ({ outbox, onKept, onDropped, limit = 2_000 }: SendQueueOptions): SendQueue => {
  let held = new Map<string, Held>()
  const writes = new Set<Promise<void>>()
  let unwritten: string[] = []

  const write = async () => {
    const batch = unwritten.flatMap((id) => held.get(id) ?? [])
    unwritten = []
    if (batch.length === 0) return
    await outbox.add(batch.map(({ owner, signal }) => ({ owner, signal })))
    change(batch.map(idOf), (one) => ({ ...one, kept: true }))
    onKept()
  }
  const writeSoon = (id: string) => {
    unwritten.push(id)
    // One write for all that is told in one go; issued before the page can go away.
    if (unwritten.length === 1) queueMicrotask(() => track(write()))
  }
  const track = (work: Promise<void>) => {
    writes.add(work)
    void work.finally(() => writes.delete(work))
  }
  const change = (ids: readonly string[], to: (one: Held) => Held) => {
    for (const id of ids) {
      const one = held.get(id)
      if (one) held.set(id, to(one))
    }
  }
  const remove = (ids: readonly string[]) => {
    for (const id of ids) held.delete(id)
    track(outbox.remove(ids))
  }
  const makeRoom = () => {
    if (held.size <= limit) return
    const oldest = [...held.values()].slice(0, held.size - limit)
    remove(oldest.map(idOf))
    for (const one of oldest) onDropped(one)
  }
  return {
    add(one) {
      held.set(idOf(one), one)
      makeRoom()
      writeSoon(idOf(one))
    },
    restore(left) {
      held = new Map([...left.map((one) => [idOf(one), { ...one, kept: true }] as const), ...held])
      makeRoom()
      onKept()
    },
    list: () => [...held.values()],
    has: (id) => held.has(id),
    remove,
    sending: (ids) => change(ids, (one) => ({ ...one, guessed: false })),
    restamp(wrongBy) {
      const wrong = [...held.values()].filter(({ guessed }) => guessed).map(idOf)
      change(wrong, (one) => moveBy(one, wrongBy))
      for (const id of wrong) writeSoon(id)
    },
    settled: async () => {
      await Promise.resolve()
      await Promise.all(writes)
    },
  }
}

const idOf = ({ signal }: Held): string => signal.id

const moveBy = (one: Held, wrongBy: Millis): Held => {
  const move = <S extends { readonly at: Millis }>(signal: S): S => ({
    ...signal,
    at: Math.max(0, signal.at + wrongBy),
  })
  const shown: Signal | undefined = one.shown && move(one.shown)
  return { ...one, signal: move(one.signal), shown, kept: false, guessed: false }
}
