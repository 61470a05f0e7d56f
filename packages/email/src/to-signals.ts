import { createHash } from "node:crypto"
import { isEmpty, type Millis, type Signal } from "@tellonce/core"
import { clipText } from "./clean-text.ts"
import type { Automated, InboundEmail } from "./inbound-email.ts"
import { type SenderProof, senderIdentity } from "./sender-proof.ts"

export interface MailSignalOptions<Facts> {
  readonly sender: SenderProof
  /** Epoch milliseconds, by the receiver's clock: the mail's own date is whatever the sender wrote. */
  readonly receivedAt: Millis
  /** The system that reports it, such as `mail-server`. */
  readonly source: string
  /** `email` unless told. */
  readonly channel?: string
  /**
   * Turns the text into facts of your definition; empty ones are left out. To ask a model, await it first and hand over its answer.
   * What this throws reaches the caller, who has the mail still and can refuse or retry it.
   */
  readonly understand?: (mail: InboundEmail) => Facts
}

/** `skipped` says why a mail gives no signal: written by a machine, or with nothing in it. */
export type MailSignals<Facts> =
  | { readonly signals: readonly [Signal<Facts>]; readonly skipped?: undefined }
  | { readonly signals: readonly []; readonly skipped: Automated | "empty" }

/** What a mail says, as signals. The same mail again gives the same id, whatever way and however often it comes. */
export const toSignals = <Facts extends Readonly<Record<string, unknown>> = Readonly<Record<string, never>>>(
  mail: InboundEmail,
  { sender, receivedAt, source, channel = "email", understand }: MailSignalOptions<Facts>,
): MailSignals<Facts> => {
  if (mail.automated !== null) return { signals: [], skipped: mail.automated }
  const said = Object.entries(understand?.(mail) ?? {}).filter(([, fact]) => !isEmpty(fact))
  // Short mails are often all subject.
  const text = mail.reply.trim() || mail.subject.trim()
  if (text === "" && said.length === 0) return { signals: [], skipped: "empty" }
  const subject = mail.subject === "" ? {} : { subject: clipText(mail.subject, 998) }
  const signal: Signal<Facts> = {
    id: signalId(mail.messageId),
    at: receivedAt,
    identity: senderIdentity(mail.from.address, sender),
    authority: "customer",
    channel,
    source,
    ...(said.length > 0 && { facts: Object.fromEntries(said) as Facts }),
    ...(text !== "" && { event: { name: "message", text: clipText(text, 65_536), ...subject } }),
  }
  return { signals: [signal] }
}

/** A Message-ID may hold what an id may not, and be of any length; its hash is neither. */
const signalId = (messageId: string): string =>
  `mail-${createHash("sha256").update(messageId).digest("hex").slice(0, 32)}`
