import type { ServiceStore } from "@tellonce/core"

/** One store under test, with nothing in it. */
export interface OpenedStore {
  readonly store: ServiceStore
  /** Closes it and opens it again, as a new process would. */
  readonly reopen?: () => Promise<ServiceStore>
  dispose(): Promise<void>
}
