import { createPublicKey, type KeyObject, verify } from "node:crypto"
import { type Refusal, TellonceError } from "@tellonce/core"
import * as z from "zod/mini"
import { fromVerdicts } from "../trust/from-verdicts.ts"
import { domainOf } from "../trust/is-aligned.ts"
import { type BasicAuth, checkBasicAuth, hasBasicAuth } from "./basic-auth.ts"
import { bodyHash } from "./body-hash.ts"
import { decodeText } from "./decode-text.ts"
import { type MailProvider, minute, type ProviderOptions, type WebhookRequest } from "./mail-provider.ts"
import { parseJson } from "./parse-json.ts"
import { type Form, readForm } from "./read-form.ts"
import { malformed, stale, unsigned } from "./refusals.ts"
import { splitHeaders } from "./split-headers.ts"
import { toReceived } from "./to-received.ts"

export interface SendGridOptions extends ProviderOptions {
  /** The password in the webhook's address, or the public key of its signatures (base64, as SendGrid shows it). */
  readonly auth: BasicAuth | { readonly publicKey: string }
}

const Envelope = z.object({ from: z._default(z.string(), ""), to: z._default(z.array(z.string()), []) })
const Charsets = z.record(z.string(), z.string())

/** SendGrid's Inbound Parse webhook, with the mail raw or taken apart. */
export const createSendGrid = (options: SendGridOptions): MailProvider => {
  const { clock } = options
  const authentic = toCheck(options)
  return {
    name: "sendgrid",
    dropStatus: 200,
    async verify(request) {
      const refusal = authentic(request)
      return refusal ?? { ok: true, delivery: { id: bodyHash(request.body), until: clock() + 10 * minute } }
    },
    async parse(request) {
      const form = await readForm(request)
      const field = (name: string) => decodeText(form?.field(name))
      const envelope = parseJson(Envelope, field("envelope"))
      if (form === undefined || envelope === undefined) return malformed()
      const raw = form.field("email")
      return toReceived(
        {
          source: raw ?? toParts(form, parseJson(Charsets, field("charsets")) ?? {}),
          envelope,
          auth: (domain) => {
            const spf = /^pass$/i.test(field("SPF").trim()) ? domainOf(envelope.from) : undefined
            return fromVerdicts({ domain, spf, dkim: passingSigners(field("dkim")) }, "provider")
          },
        },
        options,
      )
    },
  }
}

const toCheck = ({ auth, clock }: SendGridOptions): ((request: WebhookRequest) => Refusal | undefined) => {
  if (!("publicKey" in auth)) {
    checkBasicAuth(auth)
    return ({ headers }) => (hasBasicAuth(headers, auth) ? undefined : unsigned())
  }
  const key = toKey(auth.publicKey)
  return (request) => {
    const timestamp = request.headers.get("x-twilio-email-event-webhook-timestamp") ?? ""
    if (!isSigned(request, timestamp, key)) return unsigned()
    return Math.abs(Number(timestamp) * 1_000 - clock()) <= 5 * minute ? undefined : stale()
  }
}

const toParts = ({ field, files }: Form, charsets: Readonly<Record<string, string>>) => ({
  headers: splitHeaders(decodeText(field("headers"))),
  text: decodeText(field("text"), charsets.text),
  html: decodeText(field("html"), charsets.html),
  attachments: files,
})

/** `{@example.com : pass, @other.example : fail}`: looks like JSON and is none. */
const passingSigners = (dkim: string): readonly string[] =>
  (/^\{([^{}]*)\}$/.exec(dkim.trim())?.[1] ?? "").split(",").flatMap((entry) => {
    const [, domain = "", result = ""] = /^\s*@([^\s:@]+)\s*:\s*([a-z]+)\b/i.exec(entry) ?? []
    return result.toLowerCase() === "pass" ? [domain] : []
  })

const isSigned = ({ headers, body }: WebhookRequest, timestamp: string, key: KeyObject): boolean => {
  const signature = Buffer.from(headers.get("x-twilio-email-event-webhook-signature") ?? "", "base64")
  if (!/^\d{1,12}$/.test(timestamp) || signature.length === 0) return false
  return verify("sha256", Buffer.concat([Buffer.from(timestamp), body]), key, signature)
}

const toKey = (publicKey: string): KeyObject => {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" })
  } catch (cause) {
    throw new TellonceError("mail/webhook_key", "This is no public key as SendGrid shows it. Copy it again.", { cause })
  }
}
