import { createPublicKey, verify } from "node:crypto"
import * as z from "zod/mini"

const text = z.string()
export const SnsEnvelope = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: text.check(z.minLength(1), z.maxLength(200)),
  TopicArn: text,
  Message: text,
  Timestamp: text,
  SignatureVersion: z.enum(["1", "2"]),
  Signature: text,
  SigningCertURL: text,
  Subject: z.optional(text),
  SubscribeURL: z.optional(text),
  Token: z.optional(text),
})
export type SnsEnvelope = z.output<typeof SnsEnvelope>

/**
 * Is this an https address of the SNS of the region that the topic is in? No other may name a certificate, or be visited. Compared letter
 * for letter: readers of addresses disagree on what else could stand before the path.
 */
export const isSnsUrl = (url: string | undefined, topicArn: string): url is string => {
  const [, partition, service, region = ""] = topicArn.split(":")
  const host = `sns.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`
  return service === "sns" && /^[a-z]{2}(-[a-z0-9]+)+$/.test(region) && url?.startsWith(`https://${host}/`) === true
}

/** Where SNS keeps its certificates, and nothing else. */
export const isCertificateUrl = (url: string, topicArn: string): boolean =>
  isSnsUrl(url, topicArn) && /^[^/]*\/\/[^/]*\/SimpleNotificationService-\w{1,64}\.pem$/.test(url)

/** Does the signature hold, by this certificate? Version 2 signs with SHA-256, version 1 with SHA-1. */
export const isSnsSigned = (envelope: SnsEnvelope, certificate: string): boolean => {
  const algorithm = envelope.SignatureVersion === "2" ? "RSA-SHA256" : "RSA-SHA1"
  const key = createPublicKey(certificate)
  return verify(algorithm, Buffer.from(signedText(envelope), "utf8"), key, Buffer.from(envelope.Signature, "base64"))
}

const notification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const
const confirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const

const signedText = (envelope: SnsEnvelope): string =>
  (envelope.Type === "Notification" ? notification : confirmation)
    .flatMap((name) => (envelope[name] === undefined ? [] : [`${name}\n${envelope[name]}\n`]))
    .join("")
