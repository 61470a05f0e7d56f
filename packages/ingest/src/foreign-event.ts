import type { Authority, Identity, Millis, Proof, SignalEvent } from "@tellonce/core"

/** One message of a foreign format, understood as far as the format itself goes. What it states is the table's to say. */
export interface ForeignEvent {
  /** Its row in the table. */
  readonly name: string
  /** What its sender calls it: the same again is the same event. */
  readonly id: string
  /** When it happened, as its sender says; undefined where it does not say. */
  readonly at: Millis | undefined
  /** Undefined where the format does not say whose it is. */
  readonly identity: Identity | undefined
  /** Anybody could have sent it, so no row of the table may say whose it is. */
  readonly isPublic?: boolean
  readonly authority: Authority
  readonly channel: string
  readonly source: string
  readonly speaker?: string | undefined
  readonly event?: SignalEvent | undefined
  /** What its customer lets be done, as the format says it beside the event. */
  readonly choices?: Readonly<Record<string, "granted" | "denied">> | undefined
  readonly links?: readonly { readonly to: Identity; readonly proof: Proof }[] | undefined
  /** Where the paths of the table begin. */
  readonly body: unknown
}
