import type { Identity } from "./identity.ts"
import type { Json } from "./json.ts"
import type { Millis, Stamp } from "./stamp.ts"

/** One immutable statement or event from one source about one customer. The log of signals is the truth; all else follows from it. */
export interface Signal<Facts = Readonly<Record<string, unknown>>> extends Stamp {
  readonly identity: Identity
  /** What is stated, by field name. */
  readonly facts?: Facts | undefined
  /** Fields that are to be forgotten: a stamped absence, not a value. */
  readonly cleared?: readonly string[] | undefined
  readonly event?: SignalEvent | undefined
}

/** What happened. All but the last are Tellonce's own; any other name is the user's. */
export type SignalEvent = HouseEvent | CustomEvent
export type HouseEvent = Conversation | Identification | MatterEvent | HoldEvent | HandoffEvent
export type HouseEventName = HouseEvent["name"]

type Conversation =
  | { readonly name: "message"; readonly text: string; readonly subject?: string | undefined }
  /** A channel asked the customer for these fields. */
  | { readonly name: "asked"; readonly fields: readonly string[] }
  /** A channel told the customer these facts. */
  | { readonly name: "told"; readonly facts: Readonly<Record<string, Json>> }
  /** Proposed to the customer; no fact until they accept it. */
  | { readonly name: "offered"; readonly facts: Readonly<Record<string, Json>> }
  /** The customer said yes to the offer of this signal id; the facts of the same signal are what they accepted. */
  | { readonly name: "accepted"; readonly offer: string }
  | { readonly name: "promised"; readonly what: string; readonly due?: Millis | undefined }
  | { readonly name: "tried"; readonly what: string; readonly outcome?: "worked" | "failed" | undefined }

export type Proof = "verified" | "claimed"

/** Two identities are one customer. Only a `verified` link joins; a `claimed` one is shown as a claim. */
type Identification =
  | { readonly name: "linked"; readonly to: Identity; readonly proof: Proof }
  | { readonly name: "unlinked"; readonly to: Identity }

/** About the matter of the signal: it begins, or it is settled and its facts retire. */
type MatterEvent =
  | { readonly name: "opened"; readonly kind?: string | undefined; readonly title?: string | undefined }
  | { readonly name: "closed"; readonly outcome?: string | undefined }

/** An action is not to be taken while the hold stands. */
type HoldEvent =
  | {
      readonly name: "held"
      /** Names the hold, for its release. */
      readonly hold: string
      readonly action: string
      readonly reason: string
      readonly owner: string
      readonly until?: Millis | undefined
    }
  | { readonly name: "released"; readonly hold: string }

/** Somebody else is to go on. `fields` is what the brief told them. */
type HandoffEvent =
  | {
      readonly name: "handed"
      readonly handoff: string
      readonly to: string
      readonly reason: string
      readonly fields?: readonly string[] | undefined
    }
  | { readonly name: "taken" | "declined"; readonly handoff: string }

export interface CustomEvent {
  readonly name: string & { readonly custom?: never }
  readonly data?: Readonly<Record<string, Json>> | undefined
}
