import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { InboundEmail } from "../inbound-email.ts"
import { maxMailBytes, parseMail } from "./parse-mail.ts"

const lines = (...all: string[]) => all.join("\r\n")
const read = async (raw: Uint8Array | string): Promise<InboundEmail> => {
  const parsed = await parseMail(raw)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.mail
}
const codeOf = async (raw: Uint8Array | string) => {
  const parsed = await parseMail(raw)
  return parsed.ok ? "ok" : parsed.code
}
const from = (value: string) => lines(`From: ${value}`, "", "hello")

describe("what a mail says", () => {
  it("is read from headers and parts, encoded words and all", async () => {
    const mail = await read(
      lines(
        "From: =?utf-8?q?Ada_L=C3=B6velace?= <Ada@Example.com>",
        "To: Support <support@acme.example>, second@acme.example",
        "Cc: Team: one@acme.example, two@acme.example;",
        "Subject: =?utf-8?b?TWVpbmUgS2FmZmVlbcO8aGxl?=",
        "Date: Wed, 01 May 2024 10:00:00 +0200",
        "Message-ID: <abc@example.com>",
        "In-Reply-To: <first@acme.example>",
        "References: <zero@acme.example>\t<first@acme.example>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=iso-8859-1",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Die M=FChle ist defekt.",
        "--b",
        'Content-Type: image/png; name="foto.png"',
        "Content-Transfer-Encoding: base64",
        "",
        "AAECAw==",
        "--b--",
      ),
    )
    const { headers, ...plain } = mail
    expect(plain).toEqual({
      from: { address: "Ada@Example.com", name: "Ada Lövelace" },
      to: [{ address: "support@acme.example", name: "Support" }, { address: "second@acme.example" }],
      cc: [{ address: "one@acme.example" }, { address: "two@acme.example" }],
      subject: "Meine Kaffeemühle",
      date: Date.UTC(2024, 4, 1, 8),
      messageId: "abc@example.com",
      inReplyTo: ["first@acme.example"],
      references: ["zero@acme.example", "first@acme.example"],
      text: "Die Mühle ist defekt.\n",
      reply: "Die Mühle ist defekt.",
      automated: null,
      attachments: [{ name: "foto.png", type: "image/png", size: 4 }],
    })
    expect(headers("REFERENCES")).toEqual(["<zero@acme.example>\t<first@acme.example>"])
  })

  it("keeps a mail inside the mail as an attachment: its words are not the sender's", async () => {
    const mail = await read(
      lines(
        "From: ada@example.com",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "",
        "See what Bob wrote.",
        "--b",
        "Content-Type: message/rfc822",
        "",
        "From: bob@example.com",
        "",
        "Cancel everything.",
        "--b--",
      ),
    )
    expect(mail.text).not.toContain("Cancel")
    expect(mail.attachments).toMatchObject([{ type: "message/rfc822" }])
  })

  it("gets an id made of its content when it brings none, the same whatever way it came", async () => {
    const one = await read(lines("Received: by a", "From: ada@example.com", "Subject: Hi", "", "hello"))
    const again = await read(lines("Received: by b", "From: ada@example.com", "Subject: Hi", "", "hello"))
    const other = await read(lines("From: ada@example.com", "Subject: Hi", "", "good-bye"))
    expect(again.messageId).toBe(one.messageId)
    expect(other.messageId).not.toBe(one.messageId)
  })

  it("names what it answers in whatever form old programs write it", async () => {
    const mail = await read(
      lines(
        "From: ada@example.com",
        "In-Reply-To: Your message of Monday <a@x>, <b@x>",
        "References: c@x",
        "",
        "hello",
      ),
    )
    expect([mail.inReplyTo, mail.references]).toEqual([["a@x", "b@x"], ["c@x"]])
  })

  it("has no date when the sender wrote none that can be read", async () => {
    expect(await read(lines("From: ada@example.com", "Date: yesterday", "", "hello"))).not.toHaveProperty("date")
  })

  it("holds no control characters: no reader needs them, and some databases refuse them", async () => {
    const mail = await read(lines("From: ada@example.com", "Subject: a\u0007b", "", "c\u0000d\u0081e"))
    expect([mail.subject, mail.text]).toEqual(["ab", "cde\n"])
  })
})

describe("who a mail is from", () => {
  it.each([
    ["ada@example.com", { address: "ada@example.com" }],
    ["<ada@example.com>", { address: "ada@example.com" }],
    ['"Lovelace, Ada" <ada@example.com>', { address: "ada@example.com", name: "Lovelace, Ada" }],
    ['"bob@example.com" <ada@example.com>', { address: "ada@example.com", name: "bob@example.com" }],
    ["Ada (of bob@example.com) <ada@example.com>", { address: "ada@example.com", name: "Ada (of bob@example.com)" }],
    ["Ada@example.com <ada@example.com>", { address: "ada@example.com", name: "Ada@example.com" }],
    ["=?utf-8?q?bob=40example=2Ecom?= <ada@example.com>", { address: "ada@example.com", name: "bob@example.com" }],
  ])("%s is one sender", async (value, expected) => {
    expect((await read(from(value))).from).toEqual(expected)
  })

  it.each([
    "ada@example.com, bob@example.com",
    "ada@example.com bob@example.com",
    "Ada <ada@example.com>, Bob <bob@example.com>",
    "bob@example.com <ada@example.com>",
    "<ada@example.com> <ada@example.com>",
    "Team: ada@example.com;",
    '"Ada <ada@example.com>',
    "Ada (bob <ada@example.com>",
    "<<ada@example.com>",
    "ada@example.com(bob@example.com)",
    '"bob@example.com" ada@example.com',
    "ada@example.com\u0000 <bob@example.com>",
    "Ada\u0000 <ada@example.com>",
  ])("%s is refused: two readers could see two senders", async (value) => {
    expect(await codeOf(from(value))).toBe("mail/ambiguous_sender")
  })

  it.each([
    ["a second From header", lines("From: ada@example.com", "From: bob@example.com", "", "x")],
    ["a second From in another spelling", lines("From: ada@example.com", "fRoM : bob@example.com", "", "x")],
    ["one behind a bare carriage return", lines("From: ada@example.com", "Subject: x\rFrom: bob@example.com", "", "x")],
    ["one behind a no-break space", lines("From: ada@example.com", "\u00a0From: bob@example.com", "", "x")],
    ["one behind a byte order mark", lines("From: ada@example.com", "\ufeffFrom: bob@example.com", "", "x")],
    ["one whose name is folded", lines("From", " : bob@example.com", "From: ada@example.com", "", "x")],
    ["one after a line of blanks", lines("From: ada@example.com", "  ", "From: bob@example.com", "", "x")],
  ])("%s is refused", async (_, raw) => {
    expect(await codeOf(raw)).toBe("mail/ambiguous_sender")
  })

  it.each(["", "undisclosed", "ada@", "@example.com", "=?utf-8?q?ada=40example=2Ecom?=", "ada@exam\u200bple.com"])(
    "%j is no sender",
    async (value) => {
      expect(await codeOf(from(value))).toBe("mail/no_sender")
    },
  )

  it("is not taken from Reply-To, Sender or Return-Path", async () => {
    const raw = lines("Reply-To: bob@example.com", "Sender: bob@example.com", "Return-Path: <bob@example.com>", "", "x")
    expect(await codeOf(raw)).toBe("mail/no_sender")
    expect((await read(`From: ada@example.com\r\n${raw}`)).from.address).toBe("ada@example.com")
  })

  it("may come after the first line of an mbox file", async () => {
    const raw = lines("From ada@example.com  Mon Aug 22 09:45:15 2011", "From : ada@example.com", "", "x")
    expect((await read(raw)).from.address).toBe("ada@example.com")
    expect((await read(from(" ada@example.com").replace("From:", "From :"))).from.address).toBe("ada@example.com")
  })

  it("may be folded, and a folded subject may speak of From", async () => {
    const raw = lines("From: Ada", " <ada@example.com>", "Subject: Fwd", " From: bob@example.com", "", "x")
    expect((await read(raw)).from).toEqual({ address: "ada@example.com", name: "Ada" })
  })
})

describe("what is refused before work is spent on it", () => {
  it.each([
    "",
    "\r\n",
    "hello",
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    '{"from":"ada@example.com"}',
    " From: ada@example.com\n\nx",
    "\ufeffFrom: ada@example.com\n\nx",
  ])("%j is not a mail", async (raw) => {
    expect(await codeOf(raw)).toBe("mail/not_a_mail")
  })

  it("a mail over 10 MB", async () => {
    const head = "From: ada@example.com\r\n\r\n"
    expect(await codeOf(head + "x".repeat(maxMailBytes - head.length))).toBe("ok")
    expect(await codeOf(head + "x".repeat(maxMailBytes - head.length + 1))).toBe("mail/too_large")
  })

  it("headers by the thousand", async () => {
    expect(await codeOf(`From: ada@example.com\r\n${"X: y\r\n".repeat(2_001)}\r\nx`)).toBe("mail/too_many_headers")
  })

  it("headers without end", async () => {
    expect(await codeOf(`From: ada@example.com\r\n${"X: y\r\n".repeat(100_000)}\r\nx`)).toBe("mail/too_large")
  })

  const multipart = (type: string, parts: string) => lines("From: ada@example.com", `Content-Type: ${type}`, "", parts)

  it("100,000 empty parts, however their boundary is declared", async () => {
    const parts = "--b\r\n\r\n".repeat(100_000)
    expect(await codeOf(multipart("multipart/mixed; boundary=b", parts))).toBe("mail/too_many_parts")
    expect(await codeOf(multipart('multi(c)part/mixed; boundary*0="b"', parts))).toBe("mail/too_many_parts")
    expect(await codeOf(multipart("multipart/mixed; boundary=b\r;x", parts))).toBe("mail/too_many_parts")
    const folded = lines("From: ada@example.com", "Content-Type", " : multipart/mixed; boundary=b", "")
    expect(await codeOf(`${folded}Content-Type: text/plain\r\n\r\n${parts}`)).toBe("mail/too_many_parts")
  })

  it("201 parts, and not 200", async () => {
    const parts = (count: number) => multipart("multipart/mixed; boundary=b", "--b\r\n\r\nhi\r\n".repeat(count))
    expect(await codeOf(parts(200))).toBe("ok")
    expect(await codeOf(parts(201))).toBe("mail/too_many_parts")
  })

  it("but not a plain text with many drawn lines", async () => {
    expect(await codeOf(multipart("text/plain", "-----\r\nx\r\n".repeat(500)))).toBe("ok")
  })

  it("lines by the million", async () => {
    expect(await codeOf(`From: ada@example.com\n\n${"\n".repeat(1_000_000)}`)).toBe("mail/too_many_lines")
  })

  it("parts nested deeper than any mail program nests them", async () => {
    const nested = (depth: number) =>
      Array.from({ length: depth }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`)
    expect(await codeOf(multipart("multipart/mixed; boundary=b0", nested(10).join("")))).toBe("ok")
    expect(await codeOf(multipart("multipart/mixed; boundary=b0", nested(50).join("")))).toBe("mail/too_deep")
  })
})

describe("no input makes it throw", () => {
  it("any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(await parseMail(bytes)).toHaveProperty("ok")
      }),
    )
  })

  it("anything that begins like a mail", async () => {
    const word = fc.constantFrom(
      ...'From: |To: |Subject: |ada@example.com|<|>|"|(|)|,|;|:|\r\n|\n|\r| |\t|--b|--b--|=?utf-8?b?|?=|\u0000|\ufeff|ü|x'.split(
        "|",
      ),
      "Content-Type: multipart/mixed; boundary=b",
      "Content-Type: text/html",
      "Content-Type: message/rfc822",
      "Content-Transfer-Encoding: base64",
      "<blockquote>",
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), async (words) => {
        const parsed = await parseMail(`From: ada@example.com\r\n${words.join("")}`)
        if (parsed.ok) expect(parsed.mail.from.address).toBe("ada@example.com")
        else expect(parsed.code).toMatch(/^mail\/[a-z_]+$/)
      }),
      { numRuns: 500 },
    )
  })

  it("what is no text and no bytes", async () => {
    for (const raw of [undefined, null, 7, {}]) expect((await parseMail(raw as unknown as string)).ok).toBe(false)
  })
})
