import type { Identity, Signal } from "@tellonce/core"

/** A signal as it waits. Whose it is may be left to the service, which knows from the token. */
export type Draft = Omit<Signal, "identity"> & { readonly identity?: Identity | undefined }

/** `owner` says with whose credential it may go, so that two customers of one device are never mixed. */
export interface Unsent {
  readonly owner: string
  readonly signal: Draft
}

/** Where signals wait until the service has them. */
export interface Outbox {
  /** Resolves when they are kept. The same id again replaces. */
  add(unsent: readonly Unsent[]): Promise<void>
  /** Oldest first: by time, then by id. */
  list(): Promise<readonly Unsent[]>
  /** By id, never by place: what was added meanwhile stays. Unknown ids are no error. */
  remove(ids: readonly string[]): Promise<void>
}

export const idOf = ({ signal }: Unsent): string => signal.id

export const byAge = (a: Unsent, b: Unsent): number =>
  a.signal.at - b.signal.at || (a.signal.id < b.signal.id ? -1 : a.signal.id > b.signal.id ? 1 : 0)
