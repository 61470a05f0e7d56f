import { createHash } from "node:crypto"
import { canonical, type Refusal, refuse } from "@tellonce/core"
import PostalMime, { type Address, type Email, type PostalMimeOptions } from "postal-mime"
import { automatedKind } from "../automated/automated-kind.ts"
import { readBounce } from "../automated/read-bounce.ts"
import type { Bounce, InboundEmail, Mailbox } from "../inbound-email.ts"
import { htmlText } from "../reply/html-text.ts"
import { replyText } from "../reply/reply-text.ts"
import { cleanText } from "./clean-text.ts"
import { type HeaderValues, type MailHeaders, readHeaders } from "./read-headers.ts"
import { refuseOversize } from "./refuse-oversize.ts"
import { singleSender } from "./single-sender.ts"

/** 10 MB; a mail may not be larger. */
export const maxMailBytes = 10 * 1024 * 1024

/** A delivery report whose sender is not named is no mail of anyone, but still says whom it could not reach. */
export type MailRefusal = Refusal & { readonly bounce?: Bounce }

/** A mail as it can be sent from thread to thread. */
export type PlainMail = Omit<InboundEmail, "headers"> & { readonly headerValues: HeaderValues }

export type ReadMail = { readonly ok: true; readonly mail: PlainMail } | MailRefusal

const limits: PostalMimeOptions = {
  maxNestingDepth: 20,
  maxHeadersSize: 256 * 1024,
  // A mail inside a mail is an attachment: its words are not the sender's, and its parts are not counted.
  forceRfc822Attachments: true,
}

export const tooLarge = (): Refusal => refuse("mail/too_large", "The mail is over 10 MB. Send it with less attached.")

/** The work of `parseMail`, in order of cost. */
export const readMail = async (raw: Uint8Array | string): Promise<ReadMail> => {
  try {
    const bytes = typeof raw === "string" ? new TextEncoder().encode(raw) : raw
    if (bytes.length > maxMailBytes) return tooLarge()
    const read = readHeaders(bytes)
    if (!read.ok) return read
    const oversize = refuseOversize(bytes, read.headers)
    if (oversize) return oversize
    const sender = singleSender(read.headers)
    const kind = automatedKind(read.headers.all, sender.ok ? sender.from.address : "")
    if (!sender.ok && kind !== "bounce") return sender
    const email = await PostalMime.parse(bytes, limits)
    const bounce = kind === "bounce" ? { bounce: readBounce(email, read.headers.all) } : {}
    if (!sender.ok) return { ...sender, ...bounce }
    return { ok: true, mail: { ...toMail(email, sender.from, read.headers), automated: kind, ...bounce } }
  } catch {
    return refuse("mail/unreadable", "The mail cannot be read: its parts contradict each other. Send it as plain text.")
  }
}

const toMail = (email: Email, from: Mailbox, { all, values }: MailHeaders): Omit<PlainMail, "automated"> => {
  const text = cleanText(email.text ?? (email.html === undefined ? "" : htmlText(email.html)))
  const subject = cleanText(email.subject ?? "").trim()
  const date = Date.parse(all("date")[0] ?? "")
  const [messageId = madeUpId([from.address, all("date"), subject, text])] = messageIds(all("message-id"))
  return {
    from,
    to: mailboxes(email.to),
    cc: mailboxes(email.cc),
    subject,
    ...(Number.isNaN(date) ? {} : { date }),
    messageId,
    inReplyTo: messageIds(all("in-reply-to")),
    references: messageIds(all("references")),
    text,
    reply: cleanText(replyText({ html: email.html, text: email.text, sender: from.name })),
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? "",
      type: mimeType,
      size: typeof content === "string" ? content.length : content.byteLength,
    })),
    headerValues: values,
  }
}

const mailboxes = (addresses: readonly Address[] = []): readonly Mailbox[] =>
  addresses
    .flatMap((entry) => entry.group ?? [entry])
    .filter(({ address }) => address !== "")
    .map(({ address, name }) => (name === "" ? { address } : { address, name }))

/** What stands in angle brackets, or each word where nothing does. */
const messageIds = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => value.match(/(?<=<)[^\s<>]+(?=>)/g) ?? value.split(/[\s<>]+/)).filter((id) => id !== "")

/** The same mail again must get the same one, so it is made of what does not change on the way. */
const madeUpId = (content: unknown): string =>
  `${createHash("sha256").update(canonical(content)).digest("hex").slice(0, 32)}@content.invalid`
