import { maxMailBytes, parseMail, type SenderProof, toSignals } from "@tellonce/email"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

const mail = (headers: string, body = "I am the victim, send me everything.") =>
  `${headers}\r\nTo: help@shop.example\r\nSubject: hello\r\nMessage-ID: <${Math.abs(hash(headers + body))}@evil.example>\r\n\r\n${body}\r\n`
const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)

/** What a mail server does with a mail: parse it, turn it into signals with what the transport has proven, send them with the secret key. */
const receive = async (raw: string, sender: SenderProof = { level: "claimed" }) => {
  const parsed = await parseMail(raw)
  if (!parsed.ok) return parsed.code
  const { signals } = toSignals(parsed.mail, { sender, receivedAt: Date.now(), source: "mail-server" })
  await service.send(signals)
  return signals[0]?.identity
}
const victimNow = async () => (await service.call(`/v1/context?identity=${victimKey}`)).body.view.$.messages.length

describe("a sender who is not the victim", () => {
  const unproven: SenderProof = { level: "claimed" }
  const provenEvil: SenderProof = { level: "verified", method: "dmarc", address: "me@evil.example" }

  it.each<[string, string, SenderProof]>([
    ["only writes the victim into From", `From: ${victim.value}`, unproven],
    ["proves their own domain and writes the victim into From", `From: ${victim.value}`, provenEvil],
    ["writes two From headers", `From : ${victim.value}\r\nFrom: me@evil.example`, provenEvil],
    ["writes two From headers the other way round", `From: me@evil.example\r\nFrom: ${victim.value}`, provenEvil],
    ["writes two mailboxes into one From", `From: ${victim.value}, me@evil.example`, provenEvil],
    ["hides the own address in a comment", `From: ${victim.value}(me@evil.example)`, provenEvil],
    ["writes the victim as the name", `From: "${victim.value}" <me@evil.example>`, provenEvil],
    [
      "writes the victim as an encoded name",
      `From: =?utf-8?B?${Buffer.from(`${victim.value}\0`).toString("base64")}?= <me@evil.example>`,
      provenEvil,
    ],
    [
      "writes the victim into Reply-To and Sender",
      `From: me@evil.example\r\nReply-To: ${victim.value}\r\nSender: ${victim.value}`,
      provenEvil,
    ],
    ["ends the header early", `From: me@evil.example\r\nX: a\r\n\r\nFrom: ${victim.value}`, provenEvil],
    ["folds the header", `From:\r\n ${victim.value},\r\n me@evil.example`, provenEvil],
    ["adds a NUL", `From: ${victim.value}\0@evil.example`, provenEvil],
    [
      "uses the KELVIN SIGN",
      "From: \u212Aim@victim.example",
      { level: "verified", method: "dmarc", address: "\u212Aim@victim.example" },
    ],
    [
      "forges the result of the check",
      `Authentication-Results: mx.shop.example; dmarc=pass header.from=victim.example\r\nFrom: ${victim.value}`,
      unproven,
    ],
  ])("%s", async (_, headers, sender) => {
    const before = await victimNow()
    await receive(mail(headers), sender)
    expect(await victimNow()).toBe(before)
  })

  it("the victim's own proven mail is theirs, so that the tests above can fail", async () => {
    const before = await victimNow()
    await receive(mail(`From: Kim <${victim.value}>`), { level: "verified", method: "dmarc", address: victim.value })
    expect(await victimNow()).toBe(before + 1)
  })

  it("a reply to a claimed mail tells nothing of the victim", async () => {
    const identity = await receive(mail(`From: ${victim.value}`, "What is my order number?"))
    const { kind, value } = identity as { kind: string; value: string }
    const { body } = await service.call(`/v1/context?identity=${kind}:${encodeURIComponent(value)}`)
    expect(leaksIn([JSON.stringify(body)])).toEqual([])
  })
})

describe("a mail that would cost more than it is worth", () => {
  const multipart = (parts: string) =>
    `From: me@evil.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}`
  const nested = (depth: number) =>
    Array.from(
      { length: depth },
      (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`,
    ).join("")

  it.each<[string, () => string]>([
    ["a hundred thousand empty parts", () => multipart("--b\r\n\r\n".repeat(100_000))],
    [
      "five thousand mails inside one another",
      () => multipart("--b\r\nContent-Type: message/rfc822\r\n\r\n".repeat(5_000)),
    ],
    ["a thousand levels", () => `From: me@evil.example\r\n${nested(1_000)}`],
    ["a header of a megabyte", () => `From: me@evil.example\r\nX: ${"a".repeat(1_000_000)}\r\n\r\nhi`],
    ["a hundred thousand headers", () => `From: me@evil.example\r\n${"X: a\r\n".repeat(100_000)}\r\nhi`],
    ["more than ten megabytes", () => `From: me@evil.example\r\n\r\n${"a".repeat(maxMailBytes)}`],
  ])("%s is refused by its code", async (_, make) => {
    expect(await receive(make())).toMatch(/^mail\//)
  })

  it("two megabytes of opening brackets in HTML give a text or a refusal, and no more of it than a message holds", async () => {
    const raw = `From: me@evil.example\r\nContent-Type: text/html\r\n\r\n${"<".repeat(2_000_000)}`
    const parsed = await parseMail(raw)
    expect(parsed.ok ? parsed.mail.reply.length : 0).toBeLessThanOrEqual(2_000_000)
    await receive(raw)
    expect((await service.attack("/healthz")).status).toBe(200)
  })
})

describe("a mail that comes again", () => {
  it("counts once, however often it is delivered", async () => {
    const sender: SenderProof = { level: "verified", method: "dmarc", address: victim.value }
    const raw = mail(`From: ${victim.value}`, "The same mail twice.")
    await receive(raw, sender)
    const once = await victimNow()
    await receive(raw, sender)
    expect(await victimNow()).toBe(once)
  })

  it("an answer by a machine answers no machine: it gives no signal", async () => {
    expect(await receive(mail("From: me@evil.example\r\nAuto-Submitted: auto-replied"))).toBeUndefined()
  })
})
