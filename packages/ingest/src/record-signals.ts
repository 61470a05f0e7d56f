import type { Millis, Signal } from "@tellonce/core"

/** What became of one signal. */
export interface RecordResult {
  readonly status: "accepted" | "duplicate" | "rejected"
  readonly code?: string | undefined
}

/**
 * The way into the context: `tellonce.record` of the service. It answers for each signal in order, when they are on the disk. `sentAt` is
 * the sender's clock as it sent, where its times may be wrong by as much as that clock is.
 */
export type RecordSignals = (
  signals: readonly Signal[],
  options?: {
    readonly sentAt?: Millis
    /** Nobody who was erased comes back through a foreign format. */
    readonly reaffirm?: never
  },
) => Promise<readonly RecordResult[]>
