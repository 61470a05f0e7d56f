import { describe, expect, it } from "vitest"
import { parseMail } from "../parse/parse-mail.ts"

const report = (fields: readonly string[], head: readonly string[] = ["From: MAILER-DAEMON@mx.example"]) =>
  [
    ...head,
    "Return-Path: <>",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b",
    "",
    "Your mail could not be delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    ...fields,
    "--b",
    "Content-Type: message/rfc822",
    "",
    "From: support@acme.example",
    "Message-ID: <c1.abc@acme.example>",
    "",
    "hello",
    "--b--",
  ].join("\r\n")
const bounceOf = async (raw: string) => {
  const parsed = await parseMail(raw)
  return parsed.ok ? parsed.mail.bounce : parsed.bounce
}

describe("a delivery report says", () => {
  it("whom it could not reach, and which mail came back", async () => {
    const fields = ["Final-Recipient: rfc822; ada@mail.example", "Action: failed", "Status: 5.1.1"]
    expect(await bounceOf(report(fields))).toEqual({
      failed: [{ address: "ada@mail.example", permanent: true, status: "5.1.1" }],
      returned: "c1.abc@acme.example",
    })
  })

  it("each recipient once, by the address that the mail was sent to", async () => {
    const fields = [
      "Original-Recipient: rfc822;ada@mail.example",
      "Final-Recipient: rfc822; <ada.l@elsewhere.example>",
      "Action: failed",
      "Status: 5.2.2 (mailbox full)",
      "",
      "Action: failed",
      "Final-Recipient: RFC822; Bob@mail.example",
      "",
      "Final-Recipient: rfc822; bob@mail.example",
      "Action: failed",
      "",
      "Final-Recipient: rfc822; carol@mail.example",
      "Action: delivered",
    ]
    expect((await bounceOf(report(fields)))?.failed).toEqual([
      { address: "ada@mail.example", permanent: true, status: "5.2.2" },
      { address: "Bob@mail.example", permanent: true },
    ])
  })

  it("that it still tries, which is no failure yet", async () => {
    const delayed = ["Final-Recipient: rfc822; ada@mail.example", "Action: delayed", "Status: 4.4.1"]
    const later = ["Final-Recipient: rfc822; ada@mail.example", "Action: failed", "Status: 4.4.7"]
    for (const fields of [delayed, later]) {
      expect((await bounceOf(report(fields)))?.failed).toMatchObject([
        { address: "ada@mail.example", permanent: false },
      ])
    }
  })

  it("even when its sender is not named: the mail is refused, the failure known", async () => {
    const fields = ["Final-Recipient: rfc822; ada@mail.example", "Action: failed"]
    const parsed = await parseMail(report(fields, ['From: "" (Mail Delivery System)']))
    expect(parsed).toMatchObject({
      ok: false,
      code: "mail/no_sender",
      bounce: { failed: [{ address: "ada@mail.example" }] },
    })
  })

  it("in words alone, as servers do that have no fields for machines", async () => {
    const words = (...text: string[]) =>
      ["From: Mailer-Daemon@mx.example", "Subject: failure notice", "", ...text].join("\r\n")
    const qmail = words("Hi. This is the program at mx.example.", "", "<ada@mail.example>:", "Sorry, no mailbox.")
    const exim = words(
      "could not be delivered:",
      "",
      "  ada@mail.example",
      "    no such user",
      "",
      "------ This is a copy of the message ------",
      "  support@acme.example",
    )
    for (const raw of [qmail, exim]) {
      expect(await bounceOf(raw)).toEqual({ failed: [{ address: "ada@mail.example", permanent: true }] })
    }
  })

  it("in a header", async () => {
    const raw = "From: mailer-daemon@mx.example\r\nX-Failed-Recipients: ada@mail.example, bob@mail.example\r\n\r\nsorry"
    expect((await bounceOf(raw))?.failed.map(({ address }) => address)).toEqual([
      "ada@mail.example",
      "bob@mail.example",
    ])
  })
})

it("no other mail has a bounce", async () => {
  expect(await bounceOf("From: ada@mail.example\r\n\r\n<bob@mail.example>: no such user")).toBeUndefined()
  expect(await bounceOf("From: ada@mail.example\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.")).toBeUndefined()
})

it("what is no address is not taken for one", async () => {
  const fields = ["Final-Recipient: rfc822; ada@mail.example, bob@mail.example", "", "Final-Recipient: unknown"]
  expect(await bounceOf(report(fields))).toEqual({ failed: [], returned: "c1.abc@acme.example" })
})
