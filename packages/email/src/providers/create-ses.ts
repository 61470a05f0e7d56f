import { TellonceError } from "@tellonce/core"
import * as z from "zod/mini"
import { fromVerdicts } from "../trust/from-verdicts.ts"
import { domainOf } from "../trust/is-aligned.ts"
import type { SenderAuth } from "../trust/sender-auth.ts"
import { type MailProvider, minute, type ProviderOptions } from "./mail-provider.ts"
import { parseJson } from "./parse-json.ts"
import { malformed, stale, unsigned } from "./refusals.ts"
import { isCertificateUrl, isSnsSigned, isSnsUrl, SnsEnvelope } from "./sns-signature.ts"
import { toReceived } from "./to-received.ts"

export interface SesOptions extends ProviderOptions {
  /** The topics you have subscribed to; what comes from any other is refused, however well it is signed. */
  readonly topics: readonly string[]
  /** Fetches a certificate as PEM. Called only with an https address of the topic's own SNS, once for each. */
  readonly fetchCertificate: (url: string) => Promise<string>
}

const verdict = z.optional(z.object({ status: z.string() }))
const Receipt = z.object({
  recipients: z.array(z.string()),
  spfVerdict: verdict,
  dmarcVerdict: verdict,
  dmarcPolicy: z.optional(z.string()),
  action: z.object({
    type: z.string(),
    encoding: z.optional(z.string()),
    bucketName: z.optional(z.string()),
    objectKey: z.optional(z.string()),
  }),
})
const Inner = z.object({
  notificationType: z.literal("Received"),
  receipt: Receipt,
  mail: z.object({ source: z.string() }),
  content: z.optional(z.string()),
})
/** SNS tries for an hour, with the time of its first attempt; what it brings is signed, so an old one brings nothing new. */
const longest = 70 * minute

/** Amazon SES through SNS: the mail in the notification, or put into a bucket of yours. */
export const createSes = (options: SesOptions): MailProvider => {
  const { topics, clock, fetchCertificate } = options
  if (topics.length === 0) throw new TellonceError("mail/topics", "Without topics nothing can be accepted. Name yours.")
  const certificates = new Map<string, Promise<string>>()
  const certificate = (url: string): Promise<string> => {
    const known = certificates.get(url)
    if (known) return known
    const fetched = Promise.resolve().then(() => fetchCertificate(url))
    // SNS changes its certificate about once a year; a stranger could name many that are none.
    if (certificates.size >= 20) certificates.clear()
    certificates.set(url, fetched)
    fetched.catch(() => certificates.delete(url))
    return fetched
  }
  return {
    name: "ses",
    dropStatus: 200,
    async verify({ body }) {
      // SNS posts at most 256 KB; more would be work for a stranger.
      const envelope = body.length > 512 * 1024 ? undefined : parseJson(SnsEnvelope, body)
      if (envelope === undefined) return malformed()
      const { TopicArn, SigningCertURL, MessageId, Timestamp } = envelope
      if (!topics.includes(TopicArn) || !isCertificateUrl(SigningCertURL, TopicArn)) return unsigned()
      const isSigned = await certificate(SigningCertURL)
        .then((pem) => isSnsSigned(envelope, pem))
        .catch(() => false)
      if (!isSigned) return unsigned()
      const age = clock() - Date.parse(Timestamp)
      if (!(age <= longest && age >= -5 * minute)) return stale()
      return { ok: true, delivery: { id: MessageId, until: clock() - age + longest } }
    },
    async parse({ body }) {
      const envelope = parseJson(SnsEnvelope, body)
      if (envelope === undefined) return malformed()
      const { Type, TopicArn: topic, SubscribeURL, Message } = envelope
      if (Type === "SubscriptionConfirmation" && isSnsUrl(SubscribeURL, topic))
        return { ok: true, received: { kind: "subscription", topic, confirmUrl: SubscribeURL } }
      const inner = Type === "Notification" ? parseJson(Inner, Message) : undefined
      return inner === undefined ? malformed() : readNotification(inner, options)
    },
  }
}

const readNotification = async (
  inner: z.output<typeof Inner>,
  options: SesOptions,
): ReturnType<MailProvider["parse"]> => {
  const { receipt, mail, content } = inner
  const envelope = { from: mail.source === "<>" ? "" : mail.source, to: receipt.recipients }
  const auth = (domain: string) => judge(receipt, domain, domainOf(mail.source))
  const { encoding, bucketName: bucket, objectKey: key } = receipt.action
  if (content !== undefined) {
    const source = Buffer.from(content, encoding?.toUpperCase() === "BASE64" ? "base64" : "utf8")
    return toReceived({ source, envelope, auth }, options)
  }
  if (bucket === undefined || key === undefined) return malformed()
  return { ok: true, received: { kind: "stored", bucket, key, envelope, auth } }
}

const judge = (
  { dmarcVerdict, dmarcPolicy, spfVerdict }: z.output<typeof Receipt>,
  domain: string,
  mailFrom: string,
): SenderAuth => {
  const policy = (["none", "quarantine", "reject"] as const).find((one) => one === dmarcPolicy?.toLowerCase())
  const decided = { domain, method: "dmarc", source: "provider", ...(policy && { policy }) } as const
  if (dmarcVerdict?.status === "PASS") return { ...decided, verdict: "pass" }
  if (dmarcVerdict?.status === "FAIL") return { ...decided, verdict: "fail" }
  // The verdict on signatures does not say whose they are, so it proves nobody.
  return fromVerdicts({ domain, spf: spfVerdict?.status === "PASS" ? mailFrom : undefined, dkim: [] }, "provider")
}
