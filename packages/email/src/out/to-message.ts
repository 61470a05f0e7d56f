import type { InboundEmail, Mailbox } from "../inbound-email.ts"
import type { OpenThread } from "./create-reply-threads.ts"

export interface OutgoingMail {
  readonly from: Mailbox
  readonly to: Mailbox
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  /** The mail this one answers. */
  readonly answers?: Pick<InboundEmail, "messageId" | "references"> | undefined
  /** A program wrote it and nobody looked: it is marked as such, so that no other program answers it. */
  readonly automated: boolean
  /** From `openThread`, so that answers find their customer and matter. */
  readonly thread?: OpenThread | undefined
}

/** A mail as `sendMail` of nodemailer takes it, and any other transport can read it. */
export interface MailMessage {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** With their angle brackets. */
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references?: string[]
  readonly replyTo?: string
  readonly envelope?: { readonly from: string; readonly to: string[] }
  readonly headers: Record<string, string>
  /** The transport reads no file and follows no link that a text might name. */
  readonly disableFileAccess: true
  readonly disableUrlAccess: true
}

/** Mail programs cut the middle of a long thread; so do we, and keep its root. */
const mostReferences = 20

/** Turns an answer or a notice into a message for a transport, with the headers that keep it in its thread and out of other programs' loops. */
export const toMessage = ({
  from,
  to,
  subject,
  text,
  html,
  answers,
  automated,
  thread,
}: OutgoingMail): MailMessage => ({
  from: toPlain(from),
  to: toPlain(to),
  subject: oneLine(subject),
  text,
  ...(html !== undefined && { html }),
  ...(answers && {
    inReplyTo: inAngles(answers.messageId),
    references: chain([...answers.references, answers.messageId]).map(inAngles),
  }),
  ...(thread && {
    messageId: inAngles(thread.messageId),
    replyTo: thread.replyTo,
    envelope: { from: thread.replyTo, to: [oneLine(to.address)] },
  }),
  headers: automated
    ? { "Auto-Submitted": answers ? "auto-replied" : "auto-generated", "X-Auto-Response-Suppress": "All" }
    : {},
  disableFileAccess: true,
  disableUrlAccess: true,
})

const toPlain = ({ name = "", address }: Mailbox) => ({ name: oneLine(name), address: oneLine(address) })

/** What a customer wrote comes back in here: it must not open a header of its own. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim()

const inAngles = (id: string): string => `<${id.replace(/[\s<>\p{Cc}]/gu, "")}>`

const chain = (ids: readonly string[]): readonly string[] =>
  ids.length <= mostReferences ? ids : [...ids.slice(0, 1), ...ids.slice(1 - mostReferences)]
