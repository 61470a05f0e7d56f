import { createSign, generateKeyPairSync } from "node:crypto"
import { describe, expect, it } from "vitest"
import { createSes } from "./create-ses.ts"
import { describeMailProvider } from "./mail-provider.suite.ts"
import type { WebhookRequest } from "./mail-provider.ts"
import { domainOf, type Sample, sample, start, to, toRaw } from "./sample-mail.fixture.ts"
import { certificate, confirmation } from "./sns.fixture.ts"

const sns = generateKeyPairSync("rsa", { modulusLength: 2048 })
const topic = "arn:aws:sns:eu-west-1:123456789012:inbound"
const snsSigned = (mail: Sample, version: "1" | "2", encoding: "BASE64" | "UTF-8"): WebhookRequest => {
  const status = (passes: boolean) => ({ status: passes ? "PASS" : "FAIL" })
  const isOwn = domainOf(mail.mailFrom) === domainOf(mail.from)
  const content = Buffer.from(toRaw(mail))
  const envelope = {
    Type: "Notification",
    MessageId: `sns-${mail.messageId}`,
    TopicArn: topic,
    Subject: "Amazon SES Email Receipt Notification",
    Message: JSON.stringify({
      notificationType: "Received",
      receipt: {
        timestamp: new Date(start).toISOString(),
        recipients: [to],
        spfVerdict: status(mail.passes),
        dkimVerdict: status(mail.passes),
        dmarcVerdict: status(mail.passes && isOwn),
        ...(mail.passes && isOwn ? {} : { dmarcPolicy: "reject" }),
        action: { type: "SNS", topicArn: topic, encoding },
      },
      mail: {
        timestamp: new Date(start).toISOString(),
        source: mail.mailFrom,
        destination: [to],
        headersTruncated: false,
      },
      content: encoding === "BASE64" ? content.toString("base64") : content.toString("utf8"),
    }),
    Timestamp: new Date(start).toISOString(),
  }
  const { Message, MessageId, Subject, Timestamp, TopicArn, Type } = envelope
  const signed = Object.entries({ Message, MessageId, Subject, Timestamp, TopicArn, Type })
    .flat()
    .map((line) => `${line}\n`)
    .join("")
  const Signature = createSign(version === "2" ? "RSA-SHA256" : "RSA-SHA1")
    .update(signed)
    .sign(sns.privateKey, "base64")
  const SigningCertURL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-x.pem"
  return {
    headers: new Headers({ "content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification" }),
    body: Buffer.from(JSON.stringify({ ...envelope, SignatureVersion: version, Signature, SigningCertURL })),
  }
}

for (const [version, encoding] of [
  ["1", "UTF-8"],
  ["2", "BASE64"],
] as const)
  describeMailProvider(`Amazon SES, SNS signature version ${version}, ${encoding}`, (clock) => ({
    provider: createSes({
      topics: [topic],
      clock,
      fetchCertificate: async () => sns.publicKey.export({ type: "spki", format: "pem" }).toString(),
    }),
    post: async (mail) => snsSigned(mail, version, encoding),
    unsigned: ({ headers, body }) => ({
      headers,
      body: Buffer.from(Buffer.from(body).toString("utf8").replace('"MessageId":"', '"MessageId":"x')),
    }),
    signsTime: true,
    hasVerdicts: true,
    isRaw: true,
  }))

const open = (more: Partial<Parameters<typeof createSes>[0]> = {}) => {
  const fetched: string[] = []
  const fetchCertificate = async (url: string) => {
    fetched.push(url)
    return certificate
  }
  return { fetched, ses: createSes({ topics: [topic], clock: () => start, fetchCertificate, ...more }) }
}
const posted = (body: unknown): WebhookRequest => ({ headers: new Headers(), body: Buffer.from(JSON.stringify(body)) })

describe("a request to confirm a subscription", () => {
  it("is a value: its address is handed over, and never visited", async () => {
    const { ses, fetched } = open()
    expect(await ses.verify(posted(confirmation))).toMatchObject({ ok: true, delivery: { id: "sns-1" } })
    expect(await ses.parse(posted(confirmation))).toEqual({
      ok: true,
      received: { kind: "subscription", topic, confirmUrl: confirmation.SubscribeURL },
    })
    expect(fetched).toEqual([confirmation.SigningCertURL])
  })

  it("that leads elsewhere is none", async () => {
    for (const SubscribeURL of [
      "https://evil.example/",
      "http://sns.eu-west-1.amazonaws.com/",
      "https://sns.us-east-1.amazonaws.com/",
    ]) {
      const request = posted({ ...confirmation, SubscribeURL })
      expect(await open().ses.verify(request)).toMatchObject({ code: "mail/unverified" })
      expect(await open().ses.parse(request)).toMatchObject({ code: "mail/malformed" })
    }
  })

  it("of a topic that is not ours is refused, however well it is signed", async () => {
    const { ses, fetched } = open({ topics: ["arn:aws:sns:eu-west-1:123456789012:other"] })
    expect(await ses.verify(posted(confirmation))).toMatchObject({ code: "mail/unverified" })
    expect(fetched).toEqual([])
  })
})

describe("a certificate", () => {
  it.each([
    "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-9d5f.pem",
    "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-9d5f.pem",
    "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-9d5f.pem",
    "https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-9d5f.pem",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-9d5f.pem",
    "https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-9d5f.pem",
    "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-9d5f.pem",
    "https://sns.eu-west-1.amazonaws.com\\@evil.example/SimpleNotificationService-9d5f.pem#",
    "https://sns.eu-west-1.amazonaws.com/?Action=GetTopic",
    "https://sns.eu-west-1.amazonaws.com/x/SimpleNotificationService-9d5f.pem",
    "file:///etc/passwd",
    "",
  ])("is never fetched from %j", async (SigningCertURL) => {
    const { ses, fetched } = open()
    expect(await ses.verify(posted({ ...confirmation, SigningCertURL }))).toMatchObject({ ok: false })
    expect(fetched).toEqual([])
  })

  it("is fetched once, and again after a failure", async () => {
    let fails = true
    const asked: string[] = []
    const { ses } = open({
      fetchCertificate: async (url) => {
        asked.push(url)
        if (fails) throw new Error("away")
        return certificate
      },
    })
    expect(await ses.verify(posted(confirmation))).toMatchObject({ code: "mail/unverified" })
    fails = false
    for (const _ of [1, 2, 3]) expect(await ses.verify(posted(confirmation))).toMatchObject({ ok: true })
    expect(asked).toHaveLength(2)
  })

  it("that is none verifies nothing", async () => {
    const { ses } = open({ fetchCertificate: async () => "<html>" })
    expect(await ses.verify(posted(confirmation))).toMatchObject({ code: "mail/unverified" })
  })
})

it("a mail that was put into a bucket is named, with the verdict on its sender", async () => {
  const request = snsSigned(sample, "2", "BASE64")
  const envelope = JSON.parse(Buffer.from(request.body).toString())
  const { content: _, ...inner } = JSON.parse(envelope.Message)
  inner.receipt.action = { type: "S3", bucketName: "mails", objectKey: "in/1" }
  const parsed = await open().ses.parse(posted({ ...envelope, Message: JSON.stringify(inner) }))
  if (!parsed.ok || parsed.received.kind !== "stored") throw new Error("it was not stored")
  expect(parsed.received).toMatchObject({ bucket: "mails", key: "in/1", envelope: { from: sample.mailFrom, to: [to] } })
  expect(parsed.received.auth("bank.example")).toMatchObject({ verdict: "pass", method: "dmarc" })
})

it("without topics nothing could be accepted", () => {
  expect(() => open({ topics: [] })).toThrow(expect.objectContaining({ code: "mail/topics" }))
})
