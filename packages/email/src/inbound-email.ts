import type { Millis } from "@tellonce/core"

/** One mail as it came in. What its headers claim is kept as claimed; who sent it is decided by a `SenderProof`. */
export interface InboundEmail {
  /** The only mailbox of the only From header. Never taken from Reply-To, Sender or a display name. */
  readonly from: Mailbox
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  readonly subject: string
  /** What the sender's clock said, or the sender made up. Good to show, not to order by. */
  readonly date?: Millis
  /** Without the angle brackets, as are the next two. A mail that has none gets one made of its content. */
  readonly messageId: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  /** The whole body, quotes included: what `reply` leaves out can be read here. */
  readonly text: string
  /** What the sender wrote anew. Empty when the mail only quotes. */
  readonly reply: string
  readonly automated: Automated | null
  /** Only of a `bounce`. */
  readonly bounce?: Bounce
  readonly attachments: readonly MailAttachment[]
  /** What the mail servers said to each other; absent where only the mail itself was handed over. */
  readonly envelope?: MailEnvelope
  /** All values of a header, in order, unfolded and otherwise as sent; the name in any case. */
  headers(name: string): readonly string[]
}

export interface Mailbox {
  /** In the sender's spelling; compare it as a canonical `email` identity. */
  readonly address: string
  readonly name?: string
}

export interface MailEnvelope {
  /** MAIL FROM, where reports go: empty for a report itself. It is not the sender. */
  readonly from?: string
  readonly to: readonly string[]
}

/** Written by a machine: an answer sent by a rule, a delivery report, or mail to many. */
export type Automated = "auto-reply" | "bounce" | "bulk"

/**
 * What a delivery report says of the mail it returns. Anyone can write such a report: believe it of a mail that you sent, which is
 * known by its id.
 */
export interface Bounce {
  readonly failed: readonly FailedRecipient[]
  /** The Message-ID of the mail that came back, without the angle brackets. */
  readonly returned?: string
}

export interface FailedRecipient {
  readonly address: string
  /** False while the server still tries, or where a later mail may get through. */
  readonly permanent: boolean
  /** The status code of RFC 3463, such as `5.1.1`. */
  readonly status?: string
}

export interface MailAttachment {
  /** Empty when the sender gave none. */
  readonly name: string
  readonly type: string
  /** In bytes, decoded. */
  readonly size: number
}
