import { once } from "node:events"
import type { AddressInfo } from "node:net"
import nodemailer, { type SendMailOptions } from "nodemailer"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { InboundEmail } from "../inbound-email.ts"
import { parseMail } from "../parse/parse-mail.ts"
import { toSignals } from "../to-signals.ts"
import { trustMail } from "../trust/trust-mail.ts"
import { createReplyThreads, type KeptThread } from "./create-reply-threads.ts"
import { type MailMessage, type OutgoingMail, toMessage } from "./to-message.ts"
import { toPromotion } from "./to-promotion.ts"

interface Delivered {
  readonly raw: string
  readonly mail: InboundEmail
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
}

let taken: Delivered[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  disableReverseLookup: true,
  onData: async (stream, session, done) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const parsed = await parseMail(raw)
    const { mailFrom, rcptTo } = session.envelope
    const envelope = { from: mailFrom === false ? "" : mailFrom.address, to: rcptTo.map(({ address }) => address) }
    if (parsed.ok) taken.push({ raw: raw.toString(), mail: { ...parsed.mail, envelope }, envelope })
    done(parsed.ok ? null : new Error(parsed.code))
  },
})
beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const send = async (message: MailMessage | SendMailOptions): Promise<Delivered> => {
  const { port } = server.server.address() as AddressInfo
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true })
  taken = []
  await transport.sendMail(message)
  transport.close()
  const [delivered] = taken
  if (!delivered) throw new Error("nothing was delivered")
  return delivered
}

const ada = { name: "Ada Ömer", address: "ada@example.com" }
const support = { name: "Acme", address: "support@acme.example" }
const mail: OutgoingMail = {
  from: support,
  to: ada,
  subject: "Your return",
  text: "It is on its way.",
  automated: true,
}
const customer = { kind: "user", value: "u-1" }
const openThreads = () => {
  const kept = new Map<string, KeptThread>()
  return createReplyThreads({
    keys: ["a key of more than thirty-two bytes, for the tests"],
    address: support.address,
    keep: async (id, thread) => void kept.set(id, thread),
    find: async (id) => kept.get(id),
    clock: () => Date.UTC(2024, 4, 6),
  })
}

describe("a mail that goes out over SMTP", () => {
  it("says that a program wrote it, and whether it is an answer", async () => {
    const asked = { messageId: "q1@example.com", references: ["q0@example.com"] }
    const notice = await send(toMessage(mail))
    const answer = await send(toMessage({ ...mail, answers: asked }))
    expect(notice.mail.headers("auto-submitted")).toEqual(["auto-generated"])
    expect(answer.mail.headers("auto-submitted")).toEqual(["auto-replied"])
    expect(answer.mail.headers("x-auto-response-suppress")).toEqual(["All"])
    expect(answer.mail).toMatchObject({
      inReplyTo: ["q1@example.com"],
      references: ["q0@example.com", "q1@example.com"],
      automated: "auto-reply",
    })
    expect(answer.mail).toMatchObject({ from: support, to: [ada], subject: "Your return" })
  })

  it("says nothing of the kind when a person wrote it", async () => {
    const { mail: read } = await send(toMessage({ ...mail, automated: false, html: "<p>It is on its way.</p>" }))
    expect(read.automated).toBeNull()
    expect(read.headers("x-auto-response-suppress")).toEqual([])
  })

  it("that promotes says so, and has a way out for the receiver", async () => {
    const unsubscribe = "https://acme.example/unsubscribe?t=1"
    const decision = { allowed: true, objections: [], until: undefined }
    const promotion = toPromotion(mail, { decision, unsubscribe })
    if (promotion.held) throw new Error("it was held")
    const { mail: read } = await send(promotion.message)
    expect(read.headers("list-unsubscribe")).toEqual([`<${unsubscribe}>`])
    expect(read.headers("list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"])
    expect(read.automated).not.toBeNull()
  })

  it("keeps the root and the end of a thread that is too long", () => {
    const references = Array.from({ length: 50 }, (_, index) => `m${index}@example.com`)
    const { references: kept = [] } = toMessage({ ...mail, answers: { messageId: "last@example.com", references } })
    expect(kept).toHaveLength(20)
    expect([kept[0], kept[1], kept.at(-1)]).toEqual(["<m0@example.com>", "<m32@example.com>", "<last@example.com>"])
  })

  it("opens no header with what a customer wrote", async () => {
    const end = "\r\nBcc: eve@evil.example\r\nX-Evil: 1\u2028\r\n\r\nEvil"
    const message = toMessage({
      ...mail,
      subject: `Re: hello${end}`,
      to: { name: `Ada${end}`, address: ada.address },
      answers: { messageId: `q1@example.com>${end}`, references: [`q0${end}`] },
    })
    const { subject, to, inReplyTo, references = [] } = message
    expect([subject, to.name, inReplyTo, ...references].join("")).not.toMatch(/[\p{Cc}\u2028]/u)
    const { mail: read, envelope, raw } = await send(message)
    expect(read.headers("x-evil")).toEqual([])
    expect(read.headers("bcc")).toEqual([])
    expect(envelope.to).toEqual([ada.address])
    expect(raw.split("\r\n\r\n")[1]).toMatch(/^It is on its way/)
  })

  it("comes back: the answer of any mail program is the same customer's, about the same matter", async () => {
    const threads = openThreads()
    const thread = await threads.openThread({ customer, matter: "return-7" })
    const { mail: received, envelope } = await send(toMessage({ ...mail, thread }))
    expect(received.headers("reply-to")).toEqual([thread.replyTo])
    expect(envelope.from).toBe(thread.replyTo)
    const answer = { from: ada, subject: "Re: Your return", text: "Thanks!" }
    const byAddress = await send({ ...answer, to: received.headers("reply-to")[0] ?? "" })
    const byId = await send({ ...answer, to: support.address, inReplyTo: `<${received.messageId}>` })
    for (const { mail: back } of [byAddress, byId]) {
      const trust = await trustMail(back, {
        proof: { level: "verified", method: "dmarc", address: ada.address },
        thread: await threads.readThread(back),
        isAddressOf: (address, of) => address === ada.address && of?.value === "u-1",
      })
      expect(trust).toMatchObject({
        level: "verified",
        matter: "return-7",
        identity: { kind: "email", value: ada.address },
      })
    }
  })

  it("comes back undelivered: the report marks the customer, by the address or by the mail it returns", async () => {
    const threads = openThreads()
    const thread = await threads.openThread({ customer })
    const report = (to: string, returned: string) =>
      [
        "From: MAILER-DAEMON@mx.example",
        `To: ${to}`,
        "Message-ID: <r1@mx.example>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        `Final-Recipient: rfc822; ${ada.address}`,
        "Action: failed",
        "Status: 5.1.1",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        `Message-ID: <${returned}>`,
        "--b--",
      ].join("\r\n")
    const marksOf = async (raw: string) => {
      const parsed = await parseMail(raw)
      if (!parsed.ok) throw new Error(parsed.code)
      const trust = await trustMail(parsed.mail, {
        proof: { level: "claimed" },
        thread: await threads.readThread(parsed.mail),
        isAddressOf: () => false,
      })
      return toSignals(parsed.mail, { sender: trust, receivedAt: 1, source: "mx" }).signals
    }
    const failed = [{ address: ada.address, permanent: true, status: "5.1.1" }]
    const mark = { identity: customer, event: { name: "mail.bounced", data: { failed } } }
    expect(await marksOf(report(thread.replyTo, "x@y.example"))).toMatchObject([mark])
    expect(await marksOf(report(support.address, thread.messageId))).toMatchObject([mark])
    expect(await marksOf(report(support.address, "x@y.example"))).toEqual([])
  })
})
