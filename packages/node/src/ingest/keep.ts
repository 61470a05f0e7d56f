import type { Millis } from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { Reaffirm } from "../privacy/reaffirm.ts"
import type { IngestResult } from "./ingest-result.ts"

/** Keeps what this caller says, an answer for each. Resolves when it is on the disk. */
export type Keep = (
  signals: readonly unknown[],
  principal: Principal,
  options?: {
    /** The sender's own clock as it sent, where the signals are stamped with that clock. */
    readonly sentAt?: Millis | undefined
    /** Admits whoever was erased. */
    readonly reaffirm?: Reaffirm | undefined
  },
) => Promise<readonly IngestResult[]>
