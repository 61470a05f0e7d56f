import { once } from "node:events"
import { connect } from "node:net"
import { type InboundEmail, type SenderProof, toSignals } from "@tellonce/email"
import nodemailer from "nodemailer"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createMailServer, type MailServer } from "./mail-server.ts"
import { sendMail } from "./send-mail.ts"

const accounts = new Map([
  ["ada@example.com", "ada's password"],
  ["mallory@example.com", "mallory's password"],
])
const ada = { user: "ada@example.com", pass: "ada's password" }
const mallory = { user: "mallory@example.com", pass: "mallory's password" }
const mail = {
  from: "Ada <Ada@Example.com>",
  to: "support@acme.example",
  subject: "Broken",
  text: "Order A-1001 is broken.",
}

let taken: { mail: InboundEmail; proof: SenderProof }[]
let onMail: () => Promise<void>
let server: MailServer

beforeEach(async () => {
  taken = []
  onMail = async () => {}
  server = await createMailServer({
    passwordOf: (address) => accounts.get(address),
    port: 0,
    onMail: async (received, proof) => {
      await onMail()
      taken.push({ mail: received, proof })
    },
  })
})
afterEach(() => server.close())

const signalOf = (at: number) => {
  const [one] = taken.slice(at)
  if (!one) throw new Error("no mail was taken")
  return toSignals(one.mail, { sender: one.proof, source: "mail-server", receivedAt: 1_000 }).signals[0]
}

/** What the server answers, line by line, to lines a mail program would not send; then hangs up. */
const talk = async (lines: readonly string[], lastWords = ""): Promise<readonly string[]> => {
  const socket = connect(server.port, "127.0.0.1").setEncoding("utf8")
  let answers = ""
  socket.on("data", (text: string) => {
    answers += text
  })
  const heard = async (count: number) => {
    while (answers.split("\r\n").filter((line) => /^\d{3} /.test(line)).length < count) await once(socket, "data")
  }
  await heard(1)
  for (const [index, line] of lines.entries()) {
    socket.write(`${line}\r\n`)
    await heard(index + 2)
  }
  socket.end(lastWords)
  await once(socket, "close")
  return answers.split("\r\n").filter((line) => /^\d{3} /.test(line))
}
const envelope = ["EHLO me", "MAIL FROM:<ada@example.com>", "RCPT TO:<support@acme.example>", "DATA"]

describe("who a mail speaks for", () => {
  it("an account's own mail is that customer's", async () => {
    await sendMail({ port: server.port, auth: ada, ...mail })
    expect(signalOf(0)).toMatchObject({
      identity: { kind: "email", value: "ada@example.com" },
      event: { name: "message", subject: "Broken", text: "Order A-1001 is broken." },
    })
  })

  it("a mail from anyone claims to be Ada's", async () => {
    await sendMail({ port: server.port, ...mail })
    expect(taken[0]?.proof).toEqual({ level: "claimed" })
    expect(signalOf(0)?.identity).toEqual({ kind: "unproven.email", value: "ada@example.com" })
  })

  it("Mallory, signed in as Mallory, claims to be Ada and is not", async () => {
    await sendMail({ port: server.port, auth: mallory, ...mail })
    expect(taken[0]?.proof).toEqual({ level: "claimed" })
    expect(signalOf(0)?.identity).toEqual({ kind: "unproven.email", value: "ada@example.com" })
  })

  it("a wrong password, or none that is known, takes nothing", async () => {
    for (const auth of [
      { ...ada, pass: "guess" },
      { user: "bob@example.com", pass: "anything" },
    ]) {
      await expect(sendMail({ port: server.port, auth, ...mail })).rejects.toMatchObject({ responseCode: 535 })
    }
    expect(taken).toEqual([])
  })
})

it("an answer names the mail it answers", async () => {
  await sendMail({ port: server.port, auth: ada, ...mail })
  const asked = taken[0]?.mail.messageId ?? ""
  await sendMail({ port: server.port, ...mail, from: "support@acme.example", to: "ada@example.com", inReplyTo: asked })
  expect(taken[1]?.mail).toMatchObject({ inReplyTo: [asked], references: [asked] })
})

it("the same mail delivered twice is one statement", async () => {
  const raw = "From: ada@example.com\r\nMessage-ID: <once@example.com>\r\n\r\nhello\r\n"
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: server.port, ignoreTLS: true, auth: ada })
  for (const _ of [1, 2]) await transport.sendMail({ envelope: { from: ada.user, to: mail.to }, raw })
  transport.close()
  expect(taken).toHaveLength(2)
  expect(signalOf(1)?.id).toBe(signalOf(0)?.id)
})

describe("what is kept out", () => {
  it.each([
    ["rubbish", "\u0001\u0002 hello", "550 mail/not_a_mail"],
    ["a request of another protocol", "GET / HTTP/1.1\r\nHost: localhost\r\n", "550 mail/not_a_mail"],
    ["a mail from nobody", "Subject: x\r\n\r\nhello", "550 mail/no_sender"],
    ["a mail from two", "From: ada@example.com\r\nFrom: bob@example.com\r\n\r\nhello", "550 mail/ambiguous_sender"],
  ])("%s is refused with the reason", async (_, raw, answer) => {
    const answers = await talk([...envelope, `${raw}\r\n.`])
    expect(answers.at(-1)).toContain(answer)
    expect(taken).toEqual([])
  })

  it("a mail over 10 MB, whether the sender says so or not", async () => {
    const text = "x".repeat(76).concat("\n").repeat(140_000)
    await expect(sendMail({ port: server.port, ...mail, text })).rejects.toMatchObject({ responseCode: 552 })
    const answers = await talk([...envelope, `From: ada@example.com\r\n\r\n${text}\r\n.`])
    expect(answers.at(-1)).toMatch(/^552 /)
    expect(taken).toEqual([])
  })

  it("a mail whose sender hangs up halfway", async () => {
    await talk(envelope, "From: ada@example.com\r\n\r\nhalf a sen")
    await sendMail({ port: server.port, auth: ada, ...mail })
    expect(taken.map((one) => one.mail.subject)).toEqual(["Broken"])
  })
})

it("the server is well after rubbish before any mail", async () => {
  await talk(["\u0000\u0001\u0002", "HELLO?"])
  await sendMail({ port: server.port, auth: ada, ...mail })
  expect(taken).toHaveLength(1)
})

it("a mail is taken only once it is kept: on a fault of ours the sender tries again, and nothing is lost", async () => {
  onMail = async () => {
    throw new Error("the disk is full")
  }
  await expect(sendMail({ port: server.port, auth: ada, ...mail })).rejects.toMatchObject({ responseCode: 451 })
  onMail = async () => {}
  await sendMail({ port: server.port, auth: ada, ...mail })
  expect(taken).toHaveLength(1)
})

it("the sender waits until the mail is kept", async () => {
  let keep = () => {}
  const arrived = new Promise<void>((resolve) => {
    onMail = () =>
      new Promise((kept) => {
        keep = kept
        resolve()
      })
  })
  let sent = false
  const sending = sendMail({ port: server.port, auth: ada, ...mail }).then(() => {
    sent = true
  })
  await arrived
  // Another whole conversation fits in while the mail waits.
  await talk(envelope)
  expect(sent).toBe(false)
  keep()
  await sending
  expect(taken).toHaveLength(1)
})

it("a report from the empty sender is automated, whatever its headers say", async () => {
  const answers = await talk([
    "EHLO me",
    "MAIL FROM:<>",
    ...envelope.slice(2),
    "From: ada@example.com\r\n\r\nhello\r\n.",
  ])
  expect(answers.at(-1)).toMatch(/^250 /)
  expect(taken[0]?.mail.automated).toBe("bounce")
  expect(signalOf(0)).toBeUndefined()
})
