import { createHmac } from "node:crypto"
import { TellonceError } from "@tellonce/core"
import * as z from "zod/mini"
import { fromVerdicts } from "../trust/from-verdicts.ts"
import { domainOf } from "../trust/is-aligned.ts"
import { decodeText } from "./decode-text.ts"
import { type MailProvider, minute, type ProviderOptions } from "./mail-provider.ts"
import { parseJson } from "./parse-json.ts"
import { type Form, readForm } from "./read-form.ts"
import { malformed, stale, unsigned } from "./refusals.ts"
import { sameSecret } from "./same-secret.ts"
import { toReceived } from "./to-received.ts"

export interface MailgunOptions extends ProviderOptions {
  /** The "HTTP webhook signing key" of the account. */
  readonly signingKey: string
  /**
   * Whether the headers `X-Mailgun-Spf` and `X-Mailgun-Dkim-Check-Result` are Mailgun's own, as they are while its inbound spam filter is
   * on; false unless told, for a sender could write them, too.
   */
  readonly trustHeaders?: boolean
}

const HeaderList = z.array(z.tuple([z.string(), z.string()]))

/** A Mailgun route that forwards here, with the mail raw (an address that ends in `mime`) or taken apart. */
export const createMailgun = (options: MailgunOptions): MailProvider => {
  const { signingKey, clock } = options
  if (signingKey === "")
    throw new TellonceError("mail/webhook_secret", "Mailgun's signing key is empty. Pass the account's.")
  return {
    name: "mailgun",
    dropStatus: 406,
    async verify(request) {
      const form = await readForm(request)
      const field = (name: string) => decodeText(form?.field(name))
      const [timestamp, token, signature] = [field("timestamp"), field("token"), field("signature")]
      const expected = createHmac("sha256", signingKey).update(`${timestamp}${token}`).digest("hex")
      // Ten digits, so that none of them can be moved over to the token.
      if (!/^\d{10}$/.test(timestamp) || !/^[\w-]{20,100}$/.test(token) || !sameSecret(signature, expected))
        return unsigned()
      const sentAt = Number(timestamp) * 1_000
      if (Math.abs(sentAt - clock()) > 5 * minute) return stale()
      // The signature does not cover the mail: a token that could be used twice could bring another one.
      return { ok: true, delivery: { id: token, until: sentAt + 6 * minute } }
    },
    async parse(request) {
      const form = await readForm(request)
      if (form === undefined) return malformed()
      const field = (name: string) => decodeText(form.field(name))
      const headers = parseJson(HeaderList, field("message-headers")) ?? []
      const raw = form.field("body-mime")
      if (raw === undefined && headers.length === 0) return malformed()
      const sender = field("sender")
      return toReceived(
        {
          source: raw ?? toParts(form, headers),
          envelope: {
            ...(form.field("sender") !== undefined && { from: sender }),
            to: field("recipient")
              .split(/[\s,]+/)
              .filter(Boolean),
          },
          stripped: field("stripped-text"),
          auth: (domain, all) => {
            const passed = (name: string) => options.trustHeaders === true && isOnlyPass(all(name))
            const spf = passed("x-mailgun-spf") ? domainOf(sender) : undefined
            return fromVerdicts(
              { domain, spf, dkim: passed("x-mailgun-dkim-check-result") ? onlySigner(all) : [] },
              "provider",
            )
          },
        },
        options,
      )
    },
  }
}

const toParts = ({ field, files }: Form, headers: z.output<typeof HeaderList>) => ({
  headers,
  text: decodeText(field("body-plain")),
  html: decodeText(field("body-html")),
  attachments: files,
})

const isOnlyPass = ([value = "", ...more]: readonly string[]): boolean =>
  more.length === 0 && /^pass$/i.test(value.trim())

/** Mailgun does not say which signature it checked: only where there is one is it clear whose. */
const onlySigner = (all: (name: string) => readonly string[]): readonly string[] => {
  const [signature = "", ...more] = all("dkim-signature")
  const [, domain] = /(?:^|;)\s*d\s*=\s*([^\s;]+)/.exec(signature) ?? []
  return domain === undefined || more.length > 0 ? [] : [domain]
}
