import { createHash } from "node:crypto"
import { isEmpty, type Millis, type Signal } from "@tellonce/core"
import type { Automated, InboundEmail } from "./inbound-email.ts"
import { clipText } from "./parse/clean-text.ts"
import { type SenderProof, senderIdentity } from "./sender-proof.ts"
import type { MailTrust } from "./trust/trust-mail.ts"

export interface MailSignalOptions<Facts, Bounced = Facts> {
  /** From `trustMail`; or only what the transport has proven, where there are no reply tokens. */
  readonly sender: SenderProof | MailTrust
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
  /** Facts for the customer whose mail came back, such as `{ emailWorks: false }`, beside the event `mail.bounced`; `mail.bounce` says of whom and for how long. */
  readonly bounced?: (mail: InboundEmail) => Bounced
}

/** `skipped` says why a mail is no message of anybody: written by a machine, or with nothing in it. A report on a mail of ours still marks the address. */
export type MailSignals<Facts> =
  | { readonly signals: readonly [Signal<Facts>, ...Signal<Facts>[]]; readonly skipped?: undefined }
  | { readonly signals: readonly Signal<Facts>[]; readonly skipped: Automated | "empty" }

/** What a mail says, as signals. The same mail again gives the same ids, whatever way and however often it comes. */
export const toSignals = <
  Facts extends Readonly<Record<string, unknown>> = Readonly<Record<string, never>>,
  Bounced extends Readonly<Record<string, unknown>> = Facts,
>(
  mail: InboundEmail,
  options: MailSignalOptions<Facts, Bounced>,
): MailSignals<Facts | Bounced> => {
  const { sender } = options
  const { identity, claims, matter } = "identity" in sender ? sender : ownContext(mail, sender)
  if (mail.automated !== null) return { signals: bounceSignals(mail, options), skipped: mail.automated }
  const said = statedFacts(options.understand?.(mail))
  // Short mails are often all subject.
  const text = mail.reply.trim() || mail.subject.trim()
  if (text === "" && said === undefined) return { signals: [], skipped: "empty" }
  const subject = mail.subject === "" ? {} : { subject: clipText(mail.subject, 998) }
  const frame = { ...frameOf(mail, options), identity, authority: "customer" } as const
  const message: Signal<Facts> = {
    ...frame,
    ...(matter !== undefined && { matter }),
    ...(said && { facts: said }),
    ...(text !== "" && { event: { name: "message", text: clipText(text, 65_536), ...subject } }),
  }
  if (claims === undefined) return { signals: [message] }
  return {
    signals: [message, { ...frame, id: `${frame.id}-claim`, event: { name: "linked", to: claims, proof: "claimed" } }],
  }
}

const ownContext = (mail: InboundEmail, sender: SenderProof): Pick<MailTrust, "identity" | "claims" | "matter"> => ({
  identity: senderIdentity(mail.from.address, sender),
})

/** Anybody can write a report: only one that comes back to the address a mail of ours named for it is believed. */
const bounceSignals = <Bounced>(
  mail: InboundEmail,
  options: MailSignalOptions<unknown, Bounced>,
): readonly Signal<Bounced>[] => {
  const { sender, bounced } = options
  const thread = "thread" in sender ? sender.thread : undefined
  if (mail.automated !== "bounce" || thread === undefined) return []
  const facts = statedFacts(bounced?.(mail))
  const frame = { ...frameOf(mail, options), identity: thread.customer, authority: "inferred" } as const
  const failed = (mail.bounce?.failed ?? []).map(({ address, permanent, status = null }) => ({
    address,
    permanent,
    status,
  }))
  return [{ ...frame, event: { name: "mail.bounced", data: { failed } }, ...(facts && { facts }) }]
}

const frameOf = (
  mail: InboundEmail,
  { receivedAt, source, channel = "email" }: Pick<MailSignalOptions<unknown>, "receivedAt" | "source" | "channel">,
) => ({
  id: signalId(mail.messageId),
  at: receivedAt,
  channel,
  source,
})

const statedFacts = <Facts>(facts: Facts | undefined): Facts | undefined => {
  const said = Object.entries(facts ?? {}).filter(([, fact]) => !isEmpty(fact))
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Facts)
}

/** A Message-ID may hold what an id may not, and be of any length; its hash is neither. */
const signalId = (messageId: string): string =>
  `mail-${createHash("sha256").update(messageId).digest("hex").slice(0, 32)}`
