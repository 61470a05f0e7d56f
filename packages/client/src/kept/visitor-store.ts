import type { Identity } from "@tellonce/core"

/** Who this browser is to the service until someone signs in. */
export interface StoredVisitor {
  readonly identity: Identity
  readonly token: string
  /** What was last known of them, for a page without a network. It goes when they go. */
  readonly context?: unknown
}

/** Where the visitor is remembered, so that a reload is the same customer. */
export interface VisitorStore {
  read(): Promise<StoredVisitor | undefined>
  /** Undefined forgets. */
  write(visitor: StoredVisitor | undefined): Promise<void>
}

export const createMemoryVisitorStore = (): VisitorStore => {
  let kept: StoredVisitor | undefined
  return {
    read: async () => kept,
    async write(visitor) {
      kept = visitor
    },
  }
}
