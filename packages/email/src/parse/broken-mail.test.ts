import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseMail } from "./parse-mail.ts"

const lines = (...all: string[]) => all.join("\r\n")
const read = async (raw: Uint8Array | string) => {
  const parsed = await parseMail(raw)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.mail
}
const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))

describe("a text in the charset its mail names", () => {
  it.each([
    ["windows-1252", [0x93, 0x4d, 0xfc, 0x68, 0x6c, 0x65, 0x94, 0x20, 0x80], "“Mühle” €"],
    ["iso-8859-15", [0x4d, 0xfc, 0x68, 0x6c, 0x65, 0x20, 0xa4], "Mühle €"],
    ["koi8-r", [0xed, 0xc5, 0xcc, 0xd8, 0xce, 0xc9, 0xc3, 0xc1], "Мельница"],
    ["windows-1251", [0xcc, 0xe5, 0xeb, 0xfc], "Мель"],
    ["shift_jis", [0x95, 0xd4, 0x95, 0x69], "返品"],
    ["iso-2022-jp", [0x1b, 0x24, 0x42, 0x4a, 0x56, 0x49, 0x4a, 0x1b, 0x28, 0x42], "返品"],
    ["euc-kr", [0xb9, 0xdd, 0xc7, 0xb0], "반품"],
    ["gb2312", [0xcd, 0xcb, 0xbb, 0xf5], "退货"],
    ["big5", [0xb0, 0x68, 0xb3, 0x66], "退貨"],
    ["utf-8", [0x4d, 0xc3, 0xbc, 0x68, 0x6c, 0x65], "Mühle"],
  ])("%s", async (charset, body, text) => {
    const mail = await read(
      bytes(lines("From: ada@mail.example", `Content-Type: text/plain; charset=${charset}`, "", ""), body),
    )
    expect(mail.reply).toBe(text)
  })

  it("is read as well as may be when the charset is none", async () => {
    expect((await read("From: a@mail.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhello")).reply).toBe(
      "hello",
    )
  })
})

describe("a broken mail says what can still be read of it", () => {
  const part = lines("--b", "Content-Type: text/plain", "", "hello")
  const head = lines("From: ada@mail.example", "Content-Type: multipart/mixed; boundary=b", "")
  it.each([
    ["no end of its parts", lines(head, part)],
    ["no line ends but LF", lines(head, part, "--b--").replaceAll("\r\n", "\n")],
    ["a header that is none", lines("From: ada@mail.example", "what is this", "Subject: x", "", "hello")],
    ["an encoding nobody knows", lines("From: ada@mail.example", "Content-Transfer-Encoding: 7-bit", "", "hello")],
    ["base64 that is cut off", lines("From: ada@mail.example", "Content-Transfer-Encoding: base64", "", "aGVsbG8gIA=")],
    [
      "quoted-printable with a bad escape",
      lines("From: ada@mail.example", "Content-Transfer-Encoding: quoted-printable", "", "hel=\r\nlo="),
    ],
    [
      "two Content-Types",
      lines("From: ada@mail.example", "Content-Type: text/plain", "Content-Type: text/x", "", "hello"),
    ],
    [
      "a mail inside that is broken",
      lines(head, part, "--b", "Content-Type: message/rfc822", "", "Content-Type: multipart/mixed", "", "x"),
    ],
    [
      "a boundary in quotes, and a preamble",
      lines(head.replace("=b", '="b"'), "This is MIME.", part, "--b--", "after"),
    ],
  ])("%s", async (_, raw) => {
    expect((await read(raw)).reply).toBe("hello")
  })

  it.each([
    ["=?utf-8?b?TcO8aGxl?= =?utf-8?q?_klemmt?=", "Mühle klemmt"],
    ["=?ISO-8859-1?Q?M=FChle?=", "Mühle"],
    ["=?gb2312?B?zcu79Q==?=", "退货"],
    ["=?utf-8?q?M=C3?= =?utf-8?q?=BChle?=", "Mühle"],
    ["=?klingon?q?x?=", expect.any(String)],
    ["=?utf-8?b?====?=", expect.any(String)],
  ])("the subject %s", async (subject, expected) => {
    expect((await read(`From: ada@mail.example\r\nSubject: ${subject}\r\n\r\nhello`)).subject).toEqual(expected)
  })
})

it("no damage on the way makes it throw, or changes the sender it takes for certain", async () => {
  const whole = lines(
    "From: Ada <ada@mail.example>",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    lines("--b", "Content-Type: multipart/alternative; boundary=c", "", "--c", "", "hello", "--c"),
    lines("Content-Type: text/html; charset=iso-2022-jp", "", "<blockquote>x</blockquote>", "--c--"),
    lines("--b", "Content-Type: message/rfc822", "", "From: bob@mail.example", "", "hi", "--b--"),
  )
  const damage = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(20), fc.string({ unit: "binary", maxLength: 8 })), {
    maxLength: 5,
  })
  await fc.assert(
    fc.asyncProperty(damage, async (cuts) => {
      const raw = cuts.reduce(
        (text, [at, count, more]) => text.slice(0, at + 31) + more + text.slice(at + 31 + count),
        whole,
      )
      const parsed = await parseMail(raw)
      if (parsed.ok) expect(parsed.mail.from.address).toBe("ada@mail.example")
      else expect(parsed.code).toMatch(/^mail\/[a-z_]+$/)
    }),
    { numRuns: 200 },
  )
}, 60_000)
