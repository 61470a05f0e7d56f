import type { LeasedOutgoing, Millis, Outbox, Unsubscribe } from "@tellonce/core"

/** What becomes of something outgoing: it is done, parked, or tried again at that time. */
export type Next = Parameters<Outbox["settle"]>[0][number]["next"]

export interface DispatcherOptions {
  readonly outbox: Outbox
  /** For which receiver. */
  readonly to: string
  /** One try. Does not reject. */
  readonly handle: (outgoing: LeasedOutgoing) => Promise<Next>
  readonly onError: (error: unknown) => void
  readonly later: (run: () => void, after: Millis) => Unsubscribe
  readonly clock: () => Millis
}

export interface Dispatcher {
  /** Something was put: looks for it at once, unless the receiver fails. */
  wake(): void
  /** Begins nothing more. Resolves when what is under way is settled, so that the next process does not send it again. */
  close(): Promise<void>
}

const most = 10
/** Longer than `most` tries side by side can last. */
const leaseTime: Millis = 60_000
/** Others may have put something, or a lease may have ended. */
const lookEvery: Millis = 5_000
/** The store could not be asked, or not told. */
const storePause: Millis = 30_000
const firstPause: Millis = 1_000
const longestPause: Millis = 5 * 60_000

/** Doubles with each failure. */
export const pauseAfter = (failures: number): Millis => Math.min(longestPause, firstPause * 2 ** Math.min(failures, 20))

/**
 * Works through what is due for one receiver, several at a time; a receiver that takes nothing is tried with one at a time and longer and
 * longer pauses.
 */
export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { outbox, to, handle, onError, later, clock } = options
  let isOpen = true
  let isRunning = false
  let isWoken = false
  let failures = 0
  let cancel: Unsubscribe = () => {}

  /** Answers how long to rest after it. */
  const round = async (): Promise<Millis> => {
    const now = clock()
    const leased = await outbox.lease({ to, now, until: now + leaseTime, limit: failures === 0 ? most : 1 })
    if (leased.length === 0) return lookEvery
    const settled = await Promise.all(leased.map(async (one) => ({ to, id: one.id, next: await handle(one) })))
    await outbox.settle(settled)
    if (settled.some(({ next }) => next === "done")) {
      failures = 0
      return 0
    }
    const due = Math.min(...settled.map(({ next }) => (typeof next === "number" ? next : 0)))
    return Math.max(pauseAfter(failures++), due - clock())
  }
  const run = async () => {
    isRunning = true
    let pause: Millis = 0
    while (pause === 0 && isOpen) {
      isWoken = false
      pause = await round().catch((thrown: unknown) => {
        onError(thrown)
        return storePause
      })
      if (isWoken && failures === 0) pause = 0
    }
    isRunning = false
    if (isOpen) cancel = later(start, pause)
  }
  const start = () => {
    running = run()
  }
  let running = run()
  return {
    wake() {
      isWoken = true
      if (!isOpen || isRunning || failures > 0) return
      cancel()
      start()
    },
    async close() {
      isOpen = false
      cancel()
      await running
    },
  }
}
