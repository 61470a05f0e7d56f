import { type AuditTrail, type Millis, TellonceError } from "@tellonce/core"
import { type ChainHead, exportHeads } from "./export-heads.ts"

export interface FollowHeads {
  readonly store: AuditTrail
  readonly secret: string
  readonly clock: () => Millis
  /** Takes the signed line out of reach: to a log that only grows, a webhook, another machine. */
  readonly write: (line: string) => void | Promise<void>
  /** A minute unless told. */
  readonly every?: Millis
  /** A line that is not taken within this time has failed; five seconds unless told. The next one, and the end, do not wait longer. */
  readonly patience?: Millis
  readonly onError: (error: unknown) => void
}

/** Exports the heads again and again. What is cut off the trail later than one interval after it was kept is noticed. */
export const followHeads = (options: FollowHeads) => {
  const { store, secret, clock, write, every = 60_000, patience = 5_000, onError } = options
  let known: readonly ChainHead[] = []
  let running: Promise<void> = Promise.resolve()
  const exportOnce = async () => {
    const { heads, line } = await exportHeads({ store, secret, at: clock(), known })
    known = heads
    await within(patience, write(line))
  }
  const exportNow = () => (running = running.then(exportOnce).catch(onError))
  const timer = setInterval(exportNow, every)
  timer.unref()
  return {
    exportNow,
    /** Exports a last time. */
    async stop() {
      clearInterval(timer)
      await exportNow()
    },
  }
}

const within = async (patience: Millis, written: void | Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, patience, notTaken())
  })
  await Promise.race([written, late]).finally(() => clearTimeout(timer))
}

const notTaken = () =>
  new TellonceError(
    "audit/heads_not_taken",
    "What auditHeads does with a line has not ended. Look at where it writes; the next line holds all that this one does.",
  )
