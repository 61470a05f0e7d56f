import type { AuditTrail, Millis } from "@tellonce/core"
import { type ChainHead, exportHeads } from "./export-heads.ts"

export interface FollowHeads {
  readonly store: AuditTrail
  readonly secret: string
  readonly clock: () => Millis
  /** Takes the signed line out of reach: to a log that only grows, a webhook, another machine. */
  readonly write: (line: string) => void | Promise<void>
  /** A minute unless told. */
  readonly every?: Millis
  readonly onError: (error: unknown) => void
}

/** Exports the heads again and again. What is cut off the trail later than one interval after it was kept is noticed. */
export const followHeads = ({ store, secret, clock, write, every = 60_000, onError }: FollowHeads) => {
  let known: readonly ChainHead[] = []
  let running: Promise<void> = Promise.resolve()
  const exportOnce = async () => {
    const { heads, line } = await exportHeads({ store, secret, at: clock(), known })
    known = heads
    await write(line)
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
