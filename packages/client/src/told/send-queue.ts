import type { Millis, Signal } from "@tellonce/core"
import { idOf, type Outbox, type Unsent } from "../kept/outbox.ts"
import type { Held } from "./held.ts"
import { createHeldList } from "./held-list.ts"
import { type BatchLimits, takeBatch } from "./take-batch.ts"

/** What waits to be sent, in order; the outbox behind it holds the same over a reload. */
export interface SendQueue {
  add(held: Held): void
  /** What an earlier page or another tab has kept goes before what was added since. Gives what was not here yet. */
  adopt(left: readonly Held[]): readonly Held[]
  list(): readonly Held[]
  /** From the front, of those that may go, what goes in one request: of one owner. */
  next(may: (held: Held) => boolean, limits: BatchLimits): readonly Held[]
  get(id: string): Held | undefined
  has(id: string): boolean
  size(): number
  remove(ids: readonly string[]): void
  /** It goes out, from here or from another tab: from now on its time is fixed. */
  sending(batch: readonly Unsent[]): void
  /** The first guess of the time was wrong by this much. */
  restamp(wrongBy: Millis): void
  /** Resolves when all that was added is kept. */
  settled(): Promise<unknown>
}

export interface SendQueueOptions {
  readonly outbox: Outbox
  readonly onKept: (kept: readonly Unsent[]) => void
  /** The queue was full: the oldest made room. */
  readonly onDropped: (held: Held) => void
}

/** More than this is the site's storage, not ours. */
const most = { signals: 2_000, bytes: 4_000_000 }

export const createSendQueue = ({ outbox, onKept, onDropped }: SendQueueOptions): SendQueue => {
  const held = createHeldList()
  let writes: Promise<unknown> = Promise.resolve()
  let unwritten: string[] = []

  const write = async () => {
    const batch = unwritten.flatMap((id) => held.get(id) ?? [])
    unwritten = []
    if (batch.length === 0) return
    const unsent = batch.map(({ owner, signal }) => ({ owner, signal }))
    await outbox.add(unsent)
    // What was put right meanwhile is written again.
    const written = unsent.filter(({ signal }) => held.get(signal.id)?.signal === signal)
    held.change(written.map(idOf), (one) => ({ ...one, kept: true }))
    onKept(written)
  }
  const writeSoon = (id: string) => {
    unwritten.push(id)
    // One write for all that is told in one go; issued before the page can go away.
    if (unwritten.length === 1) queueMicrotask(() => track(write()))
  }
  const track = (work: Promise<void>) => {
    const before = writes
    writes = work.then(() => before)
  }
  const remove = (ids: readonly string[]) => {
    for (const id of ids) held.remove(id)
    track(outbox.remove(ids))
  }
  const makeRoom = () => {
    const oldest = held.excess(most)
    if (oldest.length === 0) return
    remove(oldest.map(idOf))
    for (const one of oldest) onDropped(one)
  }
  return {
    add(one) {
      held.put(one)
      makeRoom()
      writeSoon(idOf(one))
    },
    adopt(left) {
      const fresh = left.filter((one) => !held.has(idOf(one)))
      held.putFirst(fresh)
      makeRoom()
      return fresh
    },
    list: held.all,
    next: (may, limits) => takeBatch(held.all().filter(may), limits),
    get: held.get,
    has: held.has,
    size: held.size,
    remove,
    sending: (batch) => void held.change(batch.map(idOf), (one) => ({ ...one, guessed: false })),
    restamp(wrongBy) {
      const wrong = held.all().filter(({ guessed }) => guessed)
      for (const { signal } of held.change(wrong.map(idOf), (one) => moveBy(one, wrongBy))) writeSoon(signal.id)
    },
    settled: async () => {
      await Promise.resolve()
      await writes
    },
  }
}

const moveBy = (one: Held, wrongBy: Millis): Held => {
  const move = <S extends { readonly at: Millis }>(signal: S): S => ({
    ...signal,
    at: Math.max(0, signal.at + wrongBy),
  })
  const shown: Signal | undefined = one.shown && move(one.shown)
  return { ...one, signal: move(one.signal), shown, kept: false, guessed: false }
}
