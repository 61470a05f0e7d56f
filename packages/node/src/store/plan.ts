import type { LoggedSignal, Outgoing, StoredContext, StoreUpdate } from "@tellonce/core"
import type { StoredRecord } from "./chain-notes.ts"

/** A signal as the thread is given it. */
export type Row = readonly [seq: number, key: string, source: string, id: string, received: number, body: string]

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
  readonly contexts: readonly StoredContext[]
  readonly documents: readonly Document[]
  readonly rows: readonly Row[]
}
