import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { replyText } from "./reply-text.ts"

const lines = (...all: string[]) => all.join("\n")

describe("of a text mail", () => {
  it.each([
    [
      "Gmail",
      lines(
        "My grinder is broken.",
        "",
        "On Mon, 6 May 2024 at 10:00, Acme <support@acme.example> wrote:",
        "",
        "> How are you?",
        "> Acme",
      ),
    ],
    [
      "Gmail with the attribution wrapped",
      lines(
        "My grinder is broken.",
        "",
        "On Mon, 6 May 2024 at 10:00, Acme Support Team",
        "<support@acme.example> wrote:",
        "> How are you?",
      ),
    ],
    [
      "Outlook",
      lines(
        "My grinder is broken.",
        "",
        "-----Original Message-----",
        "From: Acme <support@acme.example>",
        "Sent: Monday, May 6, 2024 10:00",
        "Subject: Order",
        "",
        "How are you?",
      ),
    ],
    [
      "Outlook without a line",
      lines(
        "My grinder is broken.",
        "",
        "From: Acme <support@acme.example>",
        "Sent: Monday, May 6, 2024 10:00",
        "To: Ada",
        "Subject: Order",
        "",
        "How are you?",
      ),
    ],
    [
      "Thunderbird in German",
      lines("My grinder is broken.", "", "Am 06.05.2024 um 10:00 schrieb Acme:", "> Wie geht es?", "> Acme"),
    ],
    [
      "Gmail in German",
      lines(
        "My grinder is broken.",
        "",
        "Am Mo., 6. Mai 2024 um 10:00 Uhr schrieb Acme <support@acme.example>:",
        "",
        "> Wie geht es?",
      ),
    ],
    [
      "Outlook in German",
      lines(
        "My grinder is broken.",
        "",
        "Von: Acme <support@acme.example>",
        "Gesendet: Montag, 6. Mai 2024 10:00",
        "An: Ada",
        "Betreff: Bestellung",
        "",
        "Wie geht es?",
      ),
    ],
    ["a phone", lines("My grinder is broken.", "", "Sent from my iPhone", "", "> How are you?")],
    ["a signature", lines("My grinder is broken.", "", "-- ", "Ada Lovelace", "12 St James's Square")],
    ["line ends of two kinds", "My grinder is broken.\r\n\r\n> How are you?\r\n"],
  ])("%s: only what is new", (_, text) => {
    expect(replyText({ text })).toBe("My grinder is broken.")
  })

  it("keeps answers between the quoted lines, and none of these", () => {
    const text = lines("> What is broken?", "", "The grinder.", "", "> Since when?", "", "Monday.")
    expect(replyText({ text })).toBe(lines("The grinder.", "", "Monday."))
  })

  it("keeps paragraphs and long lines as they were written", () => {
    const long = "word ".repeat(200).trim()
    expect(replyText({ text: lines("Hello,", "", long, "", "one: 1", "two: 2", "", "> quoted") })).toBe(
      lines("Hello,", "", long, "", "one: 1", "two: 2"),
    )
  })

  it("keeps a text that lines up the words the parser would spend minutes on", () => {
    const line = `Op maandag ${"schreef hij ".repeat(15)}`.trim()
    const text = Array.from({ length: 300 }, () => line).join("\n")
    expect(
      replyText({ text })
        .split("\n")
        .filter((kept) => kept === line).length,
    ).toBeGreaterThan(250)
  })
})

describe("of a mail that is HTML alone", () => {
  it.each([
    [
      "Gmail",
      '<div dir="ltr">My grinder is broken.</div><br><div class="gmail_quote"><div class="gmail_attr">On Monday Acme wrote:</div><blockquote>How are you?</blockquote></div>',
    ],
    [
      "Outlook",
      '<div>My grinder is broken.</div><hr><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Acme</div><div>How are you?</div>',
    ],
    [
      "Outlook, seen by another",
      '<div>My grinder is broken.</div><div id="x_divRplyFwdMsg">From: Acme</div><p>How are you?</p>',
    ],
    ["Outlook on a phone", "<div>My grinder is broken.</div><div id='appendonsend'></div><div>How are you?</div>"],
    ["Yahoo", '<div>My grinder is broken.</div><div class="yahoo_quoted">On Monday, Acme wrote: How are you?</div>'],
    [
      "Thunderbird",
      '<p>My grinder is broken.</p><div class="moz-cite-prefix">Am 06.05.2024 schrieb Acme:</div><blockquote type="cite">How are you?</blockquote>',
    ],
  ])("%s: only what is new", (_, html) => {
    expect(replyText({ html })).toBe("My grinder is broken.")
  })

  it("shows a link's words, a heading's case and a list, and no image", () => {
    const html =
      '<h1>Order A-1001</h1><p>See <a href="https://x.example">the photo</a><img alt="" src="cid:1"></p><ul><li>one<li>two</ul>'
    expect(replyText({ html })).toBe(lines("Order A-1001", "", "See the photo", "", " * one", " * two"))
  })

  it("reads the beginning of one that nests without end", () => {
    expect(replyText({ html: `<p>hello</p>${"<b>".repeat(300_000)}` })).toBe("hello")
  })
})

it("prefers the text part, and takes the HTML where that is blank", () => {
  expect(replyText({ text: "from text", html: "<p>from html</p>" })).toBe("from text")
  expect(replyText({ text: " \n", html: "<p>from html</p>" })).toBe("from html")
  expect(replyText({})).toBe("")
})

const skipTo = (words: Iterator<string>, word: string): boolean => {
  for (let next = words.next(); !next.done; next = words.next()) if (next.value === word) return true
  return false
}

it("adds no word and moves none: the reply is the mail with words left out", () => {
  const line = fc.constantFrom(
    "hello there",
    "> quoted",
    "",
    "-- ",
    "On Monday Bob wrote:",
    "long ".repeat(60),
    "\uE0000\uE000",
    "Op schreef:",
  )
  const words = (text: string) => text.replaceAll("\uE000", "").split(/\s+/).filter(Boolean)
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (all) => {
      const written = words(all.join("\n")).values()
      for (const word of words(replyText({ text: all.join("\n") }))) {
        expect(skipTo(written, word)).toBe(true)
      }
    }),
  )
})
