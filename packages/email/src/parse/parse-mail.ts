import type { InboundEmail } from "../inbound-email.ts"

export { maxMailBytes } from "./read-mail.ts"

import { headerReader } from "./read-headers.ts"
import { type MailRefusal, type PlainMail, readMail } from "./read-mail.ts"

export type ParsedMail = { readonly ok: true; readonly mail: InboundEmail } | MailRefusal

/**
 * Admits raw MIME as a mail. What it cannot read, or should not spend work on, is refused with a code. Never throws. It works in the
 * thread that calls it: for mail from strangers use `createMailReader`, which has a thread of its own and a deadline.
 */
export const parseMail = async (raw: Uint8Array | string): Promise<ParsedMail> => {
  const read = await readMail(raw)
  return read.ok ? { ok: true, mail: toInboundEmail(read.mail) } : read
}

/** A mail that may have come from another thread, to which no function can be sent. */
export const toInboundEmail = ({ headerValues, ...mail }: PlainMail): InboundEmail => ({
  ...mail,
  headers: headerReader(headerValues),
})
