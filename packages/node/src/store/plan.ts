import type { LoggedSignal, Outgoing, StoredContext, StoreUpdate } from "@tellonce/core"
import type { StoredRecord } from "./chain-notes.ts"
import type { Sized } from "./grow-contexts.ts"

/** Signals as the thread is given them, a list for each column: a few long lists cross to it for less than many short ones. */
export interface Columns {
  readonly seqs: readonly number[]
  readonly keys: readonly string[]
  readonly sources: readonly string[]
  readonly ids: readonly string[]
  readonly received: readonly number[]
  readonly bodies: readonly string[]
}

/** A document as it is written, with the place of the last signal in it: later ones in the log are its tail. */
export type Document = Pick<StoredContext, "key" | "seq"> & { readonly encoded: string }

/** A signal that is in the file already. `body` is null when what it said has been swept. */
export interface Found {
  readonly seq: number
  readonly body: string | null
}

/** What a group writes, and what its callers are told once it is written. */
export interface Plan {
  readonly answers: readonly StoreUpdate[]
  readonly added: readonly LoggedSignal[]
  /** The same by their `onceKey`. */
  readonly places: ReadonlyMap<string, LoggedSignal>
  readonly lastSeq: number
  readonly records: readonly StoredRecord[]
  readonly outgoing: readonly Outgoing[]
  readonly contexts: readonly Sized[]
  readonly documents: readonly Document[]
  /** What is added, as it is written. */
  readonly columns: Columns
}
