import type { Identity, Json, Millis } from "@tellonce/core"

export const webhookEventNames = [
  "handoff.created",
  "handoff.accepted",
  "handoff.declined",
  "hold.placed",
  "hold.released",
  "matter.opened",
  "matter.closed",
  "conflict.found",
  "correction.due",
  "subject.erased",
] as const
export type WebhookEventName = (typeof webhookEventNames)[number]

/** Something others are told of. */
export interface WebhookEvent {
  /** The same for every delivery of it: receivers tell repetitions by it. */
  readonly id: string
  readonly name: WebhookEventName
  readonly at: Millis
  /** Ids and names of fields; nothing a customer said. */
  readonly about: Readonly<Record<string, Json | undefined>>
  readonly identity?: Identity | undefined
}

/** Where events go, signed as Standard Webhooks are. */
export interface Webhook {
  readonly url: string
  /** `whsec_…`, base64, shared with the receiver. */
  readonly secret: string
  readonly events: readonly WebhookEventName[]
  /** Names the customer in each event. Personal data leaves the service: only for receivers that may have it. */
  readonly identities?: true
  /** CIDR ranges beside the public ones where the receiver may stand. */
  readonly addresses?: readonly string[]
  /** Sends without TLS: whoever is on the way reads it. */
  readonly plain?: true
}
