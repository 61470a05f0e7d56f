import type { Millis, Refusal } from "@tellonce/core"
import type { InboundEmail, MailEnvelope } from "../inbound-email.ts"
import type { parseMail } from "../parse/parse-mail.ts"
import type { SenderAuth } from "../trust/sender-auth.ts"

/** A request of a mail provider, with its body as it came: signatures are over bytes. */
export interface WebhookRequest {
  readonly headers: Headers
  readonly body: Uint8Array
}

/** A service that takes mail for you and posts it to your server. One small file adapts each. */
export interface MailProvider {
  readonly name: string
  /** The HTTP status by which this provider lets go of a mail that will never be taken. */
  readonly dropStatus: number
  /** Did the provider send this, and lately? Nothing of the request may be used before. Never throws. */
  verify(request: WebhookRequest): Promise<{ readonly ok: true; readonly delivery: Delivery } | Refusal>
  /** What it brings. Never throws. */
  parse(request: WebhookRequest): Promise<{ readonly ok: true; readonly received: Received } | Refusal>
}

/** One delivery, as what makes it unrepeatable. */
export interface Delivery {
  readonly id: string
  /** From when a repetition is refused by its age or changes nothing any more. */
  readonly until: Millis
}

export type Received =
  | {
      readonly kind: "mail"
      readonly mail: InboundEmail
      /** What the provider found out about the sender: for `toSenderProof`. */
      readonly auth: SenderAuth
      /** The mail as it came over SMTP, where the provider passes it on: signatures can be checked in it. */
      readonly raw?: Uint8Array
    }
  /** The provider has put the mail into a store of yours: fetch it there, and read it with `parseMail`. */
  | {
      readonly kind: "stored"
      readonly bucket: string
      readonly key: string
      readonly envelope: MailEnvelope
      /** The verdict on the sender, once the mail's own From tells the domain. */
      readonly auth: (domain: string) => SenderAuth
    }
  /** The provider asks whether it may post here. GET this address if you asked for it; nobody else does. */
  | { readonly kind: "subscription"; readonly topic: string; readonly confirmUrl: string }

export interface ProviderOptions {
  readonly clock: () => Millis
  /** `parseMail` unless told: one that runs in a worker, say. */
  readonly parse?: typeof parseMail
}

export const minute: Millis = 60_000
