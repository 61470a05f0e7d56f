import type { AnyView, FactsOf, Fields, Identity, Millis, View } from "@tellonce/core"

/** A live business fact, kept by its system of record. */
export interface Anchor<Seen extends AnyView = AnyView, Facts = Readonly<Record<string, unknown>>> {
  /** Asks the system of record. Undefined or no facts: it knows nothing of this customer. Use a guarded fetch where it calls out. */
  fetch(question: AnchorQuestion<Seen>): Promise<Facts | undefined>
  /** In milliseconds: as long as an answer counts as fresh. */
  readonly maxAge: Millis
}

export interface AnchorQuestion<Seen extends AnyView = AnyView> {
  readonly identity: Identity
  /** What is known of the customer, such as their order number. */
  readonly seen: Seen
  readonly matter: string | undefined
  /** Aborted when the answer is no longer waited for. */
  readonly signal: AbortSignal
}

export type Anchors<F extends Fields> = Readonly<Record<string, Anchor<View<F>, Partial<FactsOf<F>>>>>

/** `unavailable`: there is no answer, and there was none before. */
export type AnchorAnswer =
  | {
      readonly state: "fresh" | "stale"
      readonly facts: Readonly<Record<string, unknown>>
      readonly at: Millis
      readonly age: Millis
    }
  | { readonly state: "unavailable" }

export interface AnchorRequest {
  readonly matter?: string | undefined
  /** Older than this is not fresh for this caller; never more than the anchor's own. */
  readonly maxAge?: Millis | undefined
  /** Refuse rather than give an old value. */
  readonly fresh?: boolean | undefined
}
