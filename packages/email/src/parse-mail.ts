import { createHash } from "node:crypto"
import { canonical, type Refusal, refuse } from "@tellonce/core"
import PostalMime, { type Address, type Email, type PostalMimeOptions } from "postal-mime"
import { automatedKind } from "./automated-kind.ts"
import { cleanText } from "./clean-text.ts"
import { htmlText } from "./html-text.ts"
import type { InboundEmail, Mailbox } from "./inbound-email.ts"
import { type MailHeaders, readHeaders } from "./read-headers.ts"
import { refuseOversize } from "./refuse-oversize.ts"
import { replyText } from "./reply-text.ts"
import { singleSender } from "./single-sender.ts"

/** 10 MB; a mail may not be larger. */
export const maxMailBytes = 10 * 1024 * 1024

const limits: PostalMimeOptions = {
  maxNestingDepth: 20,
  maxHeadersSize: 256 * 1024,
  // A mail inside a mail is an attachment: its words are not the sender's, and its parts are not counted above.
  forceRfc822Attachments: true,
}

/** Admits raw MIME as a mail. What it cannot read, or should not spend work on, is refused with a code. Never throws. */
export const parseMail = async (raw: Uint8Array | string): Promise<{ ok: true; mail: InboundEmail } | Refusal> => {
  try {
    const bytes = typeof raw === "string" ? new TextEncoder().encode(raw) : raw
    if (bytes.length > maxMailBytes)
      return refuse("mail/too_large", "The mail is over 10 MB. Send it with less attached.")
    const read = readHeaders(bytes)
    if (!read.ok) return read
    const sender = singleSender(read.headers)
    if (!sender.ok) return sender
    const oversize = refuseOversize(bytes, read.headers)
    if (oversize) return oversize
    return { ok: true, mail: toMail(await PostalMime.parse(bytes, limits), sender.from, read.headers) }
  } catch {
    return refuse("mail/unreadable", "The mail's parts are nested too deep, or cannot be read. Send it as plain text.")
  }
}

const toMail = (email: Email, from: Mailbox, { all }: MailHeaders): InboundEmail => {
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
    reply: cleanText(replyText(email)),
    automated: automatedKind(all, from.address),
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? "",
      type: mimeType,
      size: typeof content === "string" ? content.length : content.byteLength,
    })),
    headers: all,
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
