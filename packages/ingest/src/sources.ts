import type { Fields, Identity } from "@tellonce/core"
import type { ChatMessage } from "./chat-webhooks/chat-message.ts"
import type { CloudEventsSource } from "./cloud-events/cloud-events-source.ts"
import type { JsonObject } from "./json-object.ts"
import type { SegmentSource } from "./segment/segment-source.ts"
import type { WebhookSource } from "./webhooks/webhook-format.ts"

/** Who may send, and how each is understood. A source that is not here has no path. */
export interface Sources<F extends Fields> {
  /** The clients of Segment, RudderStack and Jitsu, on the paths they know. */
  readonly segment?: SegmentSource<F>
  /** `POST /v1/events`. */
  readonly cloudEvents?: CloudEventsSource<F>
  /** `POST /v1/webhooks/<name>`: whoever signs by the Standard Webhooks specification, by a name of your own. */
  readonly standardWebhooks?: Readonly<Record<string, StandardWebhookSource<F>>>
  /** `POST /v1/webhooks/stripe`. */
  readonly stripe?: WebhookSource<F>
  /** `POST /v1/webhooks/shopify`. */
  readonly shopify?: WebhookSource<F>
  /** `POST /v1/webhooks/chatwoot`, and so for the next three: what is said there, with the row `"message"`. */
  readonly chatwoot?: WebhookSource<F, ChatMessage>
  readonly intercom?: WebhookSource<F, ChatMessage>
  readonly zendesk?: WebhookSource<F, ChatMessage>
  readonly twilio?: WebhookSource<F, ChatMessage>
}

/** The specification does not say where a payload names its customer, so the company does. */
export interface StandardWebhookSource<F extends Fields> extends WebhookSource<F> {
  readonly identity: (payload: JsonObject) => Identity | undefined
}
