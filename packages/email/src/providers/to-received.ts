import type { Refusal } from "@tellonce/core"
import type { MailEnvelope } from "../inbound-email.ts"
import { cleanText } from "../parse/clean-text.ts"
import { parseMail } from "../parse/parse-mail.ts"
import { replyText } from "../reply/reply-text.ts"
import { domainOf } from "../trust/is-aligned.ts"
import type { SenderAuth } from "../trust/sender-auth.ts"
import type { ProviderOptions, Received } from "./mail-provider.ts"
import { type MimeParts, toMime } from "./to-mime.ts"

export interface ProviderMail {
  /** The mail itself, or what the provider made of it. */
  readonly source: Uint8Array | MimeParts
  readonly envelope: MailEnvelope
  /** What the provider takes for newly written; empty when it does not say. */
  readonly stripped?: string
  /** The provider's verdict, asked once the domain in From is known for certain. */
  readonly auth: (domain: string, headers: (name: string) => readonly string[]) => SenderAuth
}

/** Reads what a provider delivered as every other mail is read. */
export const toReceived = async (
  { source, envelope, stripped = "", auth }: ProviderMail,
  { parse = parseMail }: ProviderOptions,
): Promise<{ readonly ok: true; readonly received: Received } | Refusal> => {
  const raw = source instanceof Uint8Array ? source : undefined
  const parsed = await parse(raw ?? toMime(source as MimeParts))
  if (!parsed.ok) return parsed
  const { mail } = parsed
  const reply = stripped.trim() === "" ? "" : cleanText(replyText({ stripped, sender: mail.from.name }))
  // Only a report comes from nobody; the sender is in the envelope alone.
  const automated = mail.automated ?? (envelope.from === "" ? "bounce" : null)
  return {
    ok: true,
    received: {
      kind: "mail",
      mail: { ...mail, automated, envelope, ...(reply !== "" && { reply }) },
      auth: auth(domainOf(mail.from.address), mail.headers),
      ...(raw && { raw }),
    },
  }
}
