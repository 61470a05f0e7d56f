import type { Millis } from "@tellonce/core"

/** What became of one signal, named by its place in the batch. `at` is the time it counts with: never later than its receipt. */
export type IngestResult =
  | { readonly index: number; readonly id: string; readonly status: "accepted" | "duplicate"; readonly at: Millis }
  | {
      readonly index: number
      readonly id: string | undefined
      readonly status: "rejected"
      readonly code: string
      readonly message: string
    }
