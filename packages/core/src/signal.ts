import type { Identity } from "./identity.ts"
import type { Json } from "./json.ts"
import type { Stamp } from "./stamp.ts"

/** One immutable statement or event from one source about one customer. The log of signals is the truth; all else follows from it. */
export interface Signal<Facts = Readonly<Record<string, unknown>>> extends Stamp {
  readonly identity: Identity
  /** What is stated, by field name. */
  readonly facts?: Facts | undefined
  /** Fields that are to be forgotten: a stamped absence, not a value. */
  readonly cleared?: readonly string[] | undefined
  readonly event?: SignalEvent | undefined
}

/** What happened. The first five are Tellonce's own; any other name is the user's. */
export type SignalEvent = MessageEvent | AskedEvent | ToldEvent | LinkedEvent | UnlinkedEvent | CustomEvent

export interface MessageEvent {
  readonly name: "message"
  readonly text: string
  readonly subject?: string | undefined
}

/** A channel asked the customer for these fields. */
export interface AskedEvent {
  readonly name: "asked"
  readonly fields: readonly string[]
}

/** A channel told the customer these facts. */
export interface ToldEvent {
  readonly name: "told"
  readonly facts: Readonly<Record<string, Json>>
}

/** Two identities are one customer. Only a `verified` link joins; a `claimed` one is shown as a claim. */
export interface LinkedEvent {
  readonly name: "linked"
  readonly to: Identity
  readonly proof: Proof
}

export type Proof = "verified" | "claimed"

export interface UnlinkedEvent {
  readonly name: "unlinked"
  readonly to: Identity
}

export interface CustomEvent {
  readonly name: string & { readonly custom?: never }
  readonly data?: Readonly<Record<string, Json>> | undefined
}
