const mail = (headers: readonly string[], body: string): string =>
  ["From: ada@mail.example", ...headers, "", body].join("\r\n")
const html = (body: string): string => mail(["Content-Type: text/html; charset=utf-8"], body)
const mixed = (body: string): string => mail(["Content-Type: multipart/mixed; boundary=b"], body)
const numbered = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("")
const MB = 1024 * 1024

/** Mails that cost a careless reader seconds or gigabytes. */
export const bombs: readonly (readonly [name: string, raw: () => string])[] = [
  ["100,000 empty parts", () => mixed("--b\r\n\r\n".repeat(100_000))],
  [
    "parts nested 5,000 deep",
    () => mixed(numbered(5_000, (at) => `--${at || "b"}\r\nContent-Type: multipart/mixed; boundary=${at + 1}\r\n\r\n`)),
  ],
  [
    "parts nested deep with a hidden boundary",
    () =>
      mixed(numbered(200, (at) => `--${at || "b"}\r\nContent-Type: multipart/mixed; bound(x)ary*0=${at + 1}\r\n\r\n`)),
  ],
  [
    "5,000 mails inside each other",
    () => mail(["Content-Type: message/rfc822"], "Content-Type: message/rfc822\r\n\r\n".repeat(5_000)),
  ],
  [
    "150 mails side by side",
    () => mixed("--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n\r\nhi\r\n".repeat(150)),
  ],
  ["headers of 300 kB", () => mail(["X-Pad: y".padEnd(300 * 1024, "y")], "hi")],
  ["60,000 short headers", () => mail(["a:\r\n".repeat(60_000).trimEnd()], "hi")],
  ["one header folded 40,000 times", () => mail([`Subject: x${"\r\n x".repeat(40_000)}`], "hi")],
  ["a flood of encoded words", () => mail([`Subject: ${"=?utf-8?q?=C3=BC?= ".repeat(12_000)}`], "hi")],
  ["a flood of broken encoded words", () => mail([`Subject: ${"=?utf-8?b?".repeat(24_000)}`], "hi")],
  [
    "encoded words of as many charsets",
    () => mail([`Subject: ${numbered(8_000, (at) => `=?x-${at}?b?YWJj?= `)}`], "hi"),
  ],
  ["12,000 recipients", () => mail([`To: ${numbered(12_000, (at) => `a${at}@mail.example, `)}`], "hi")],
  ["recipients in open quotes", () => mail([`To: ${'"<('.repeat(60_000)}`], "hi")],
  ["comments that nest", () => mail([`Content-Type: text/plain; ${"(".repeat(200_000)}`], "hi")],
  [
    "a parameter in 10,000 pieces",
    () => mail([`Content-Type: text/plain; ${numbered(10_000, (at) => `name*${at}*=a; `)}`], "hi"),
  ],
  ["references without end", () => mail([`References: ${"<a@b> ".repeat(40_000)}`], "hi")],
  ["brackets without end", () => mail([`References: ${"<".repeat(250_000)}`], "hi")],
  ["one line of 9 MB", () => mail([], "x ".repeat(4.5 * MB))],
  ["one line of 9 MB without a blank", () => mail([], "x".repeat(9 * MB))],
  ["140,000 lines that look like attributions", () => mail([], "On Mon, 6 May 2024 at 10:00, Ada\r\n".repeat(140_000))],
  ["140,000 quoted lines", () => mail([], "> x\r\ny\r\n".repeat(70_000))],
  ["140,000 headers of quoted mails", () => mail([], "From: x\r\n\r\n".repeat(70_000))],
  ["a million lines", () => mail([], "\n".repeat(1_000_000))],
  [
    "9 MB in quoted-printable",
    () => mail(["Content-Transfer-Encoding: quoted-printable"], "=C3=BC=\r\n".repeat(140_000)),
  ],
  ["9 MB of soft line ends", () => mail(["Content-Transfer-Encoding: quoted-printable"], "=".repeat(9 * MB))],
  ["9 MB that is no base64", () => mail(["Content-Transfer-Encoding: base64"], "!".repeat(9 * MB))],
  ["flowed lines", () => mail(["Content-Type: text/plain; format=flowed; delsp=yes"], "x \r\n".repeat(140_000))],
  ["2 MB of <", () => html("<".repeat(2 * MB))],
  ["300,000 open tags", () => html(`<p>hello</p>${"<b>".repeat(300_000)}`)],
  ["19,000 open tags of quotes", () => html('<div class="gmail_quote">'.repeat(19_000))],
  ["19,000 open lists", () => html("<ul><li>".repeat(9_500))],
  ["19,000 open tables", () => html("<table><tr><td>".repeat(6_300))],
  ["a million entities", () => html("&amp;".repeat(1_000_000))],
  ["one tag with 100,000 attributes", () => html(`<p ${"a=1 ".repeat(100_000)}>x</p>`)],
  ["comments that never close", () => html("<!--".repeat(19_000))],
  ["9 MB of UTF-16 that is none", () => mail(["Content-Type: text/plain; charset=utf-16"], "\u0000".repeat(9 * MB))],
  [
    "9 MB of ISO-2022-JP shifts",
    () => mail(["Content-Type: text/plain; charset=iso-2022-jp"], "\u001b$B\u001b(B".repeat(1.4 * MB)),
  ],
]
