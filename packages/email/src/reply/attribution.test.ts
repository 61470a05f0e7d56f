import { describe, expect, it } from "vitest"
import { replyText } from "./reply-text.ts"

/** As the mail programs of these languages write it: Gmail, Apple Mail, Thunderbird, Outlook for phones and local services. */
const attributions: readonly (readonly [program: string, line: string])[] = [
  ["Gmail, en", "On Mon, May 6, 2024 at 10:00 AM Acme Support <help@acme.example> wrote:"],
  ["Apple, en", "On 6 May 2024, at 10:00, Acme Support <help@acme.example> wrote:"],
  ["Apple, en-US", "On May 6, 2024, at 10:00 AM, Acme Support <help@acme.example> wrote:"],
  ["Thunderbird, en", "On 5/6/24 10:00, Acme Support wrote:"],
  ["Evolution", "On Mon, 2024-05-06 at 10:00 +0200, Acme Support wrote:"],
  ["Yahoo, en", "On Monday, May 6, 2024 at 10:00:00 AM GMT+2, Acme Support <help@acme.example> wrote:"],
  ["Proton, en", "On Monday, May 6th, 2024 at 10:00 AM, Acme Support <help@acme.example> wrote:"],
  ["K-9, de", "Am 6. Mai 2024 10:00:00 MESZ schrieb Acme Support <help@acme.example>:"],
  ["Mutt", "On Mon, May 06, 2024 at 10:00:00AM +0200, Acme Support wrote:"],
  ["Roundcube", "On 2024-05-06 10:00, Acme Support wrote:"],
  ["Superhuman", "On Mon, May 06, 2024 at 10:00 AM, Acme Support < help@acme.example > wrote:"],
  ["a desk without a year", "On Mon, 6 May at 10:00 AM , Acme Support <help@acme.example> wrote:"],
  ["no date at all", "Acme Support <help@acme.example> writes:"],
  ["an old Gmail", "2024-05-06 10:00 GMT+02:00 Acme Support <help@acme.example>:"],
  ["vi", "Vào 10:00 6 tháng 5, 2024, Acme Support <help@acme.example> đã viết:"],
  ["Spark", "On 6 May 2024 at 10:00 +0200, Acme Support <help@acme.example>, wrote:"],
  ["Gmail, de", "Am Mo., 6. Mai 2024 um 10:00 Uhr schrieb Acme Support <help@acme.example>:"],
  ["Apple, de", "Am 06.05.2024 um 10:00 schrieb Acme Support <help@acme.example>:"],
  ["Thunderbird, de", "Am 06.05.24 um 10:00 schrieb Acme Support:"],
  ["a name first, de", "Acme Support <help@acme.example> schrieb am Mo., 6. Mai 2024, 10:00:"],
  ["Proton, de", "Acme Support <help@acme.example> schrieb am Montag, 6. Mai 2024 um 10:00:"],
  ["Gmail, fr", "Le lun. 6 mai 2024 à 10:00, Acme Support <help@acme.example> a écrit :"],
  ["Apple, fr", "Le 6 mai 2024 à 10:00, Acme Support <help@acme.example> a écrit :"],
  ["Thunderbird, fr", "Le 06/05/2024 à 10:00, Acme Support a écrit :"],
  ["Gmail, es", "El lun, 6 may 2024 a las 10:00, Acme Support (<help@acme.example>) escribió:"],
  ["Apple, es", "El 6 may 2024, a las 10:00, Acme Support <help@acme.example> escribió:"],
  ["Thunderbird, es", "El 06/05/2024 a las 10:00, Acme Support escribió:"],
  ["Gmail, it", "Il giorno lun 6 mag 2024 alle ore 10:00 Acme Support <help@acme.example> ha scritto:"],
  ["Thunderbird, it", "Il 06/05/2024 10:00, Acme Support ha scritto:"],
  ["Libero, it", "In data 6 maggio 2024 alle 10:00:12, Acme Support ha scritto:"],
  ["Gmail, pt", "Em seg., 6 de mai. de 2024 às 10:00, Acme Support <help@acme.example> escreveu:"],
  ["Thunderbird, pt", "Em 06/05/2024 10:00, Acme Support escreveu:"],
  ["Apple, pt", "No dia 6 de mai. de 2024, às 10:00, Acme Support <help@acme.example> escreveu:"],
  ["Gmail, nl", "Op ma 6 mei 2024 om 10:00 schreef Acme Support <help@acme.example>:"],
  ["Apple, nl", "Op 6 mei 2024 om 10:00 heeft Acme Support <help@acme.example> het volgende geschreven:"],
  ["Thunderbird, nl", "Op 06-05-2024 om 10:00 schreef Acme Support:"],
  ["Gmail, pl", "pon., 6 maj 2024 o 10:00 Acme Support <help@acme.example> napisał(a):"],
  ["Thunderbird, pl", "W dniu 6.05.2024 o 10:00, Acme Support pisze:"],
  ["Apple, pl", "Wiadomość napisana przez Acme Support <help@acme.example> w dniu 06.05.2024, o godz. 10:00:"],
  ["Gmail, sv", "Den mån 6 maj 2024 kl 10:00 skrev Acme Support <help@acme.example>:"],
  ["Apple, sv", "6 maj 2024 kl. 10:00 skrev Acme Support <help@acme.example>:"],
  ["Thunderbird, sv", "Den 2024-05-06 kl. 10:00, skrev Acme Support:"],
  ["Gmail, da", "Den man. 6. maj 2024 kl. 10.00 skrev Acme Support <help@acme.example>:"],
  ["Thunderbird, da", "Den 06.05.2024 kl. 10.00 skrev Acme Support:"],
  ["Gmail, no", "man. 6. mai 2024 kl. 10:00 skrev Acme Support <help@acme.example>:"],
  ["Apple, no", "6. mai 2024 kl. 10:00 skrev Acme Support <help@acme.example>:"],
  ["Gmail, fi", "ma 6. toukok. 2024 klo 10.00 Acme Support (help@acme.example) kirjoitti:"],
  ["Apple, fi", "Acme Support <help@acme.example> kirjoitti 6.5.2024 kello 10.00:"],
  ["Gmail, cs", "po 6. 5. 2024 v 10:00 odesílatel Acme Support <help@acme.example> napsal:"],
  ["Thunderbird, cs", "Dne 06. 05. 24 v 10:00 Acme Support napsal(a):"],
  ["Gmail, sk", "po 6. 5. 2024 o 10:00 Acme Support <help@acme.example> napísal(a):"],
  ["Gmail, ru", "пн, 6 мая 2024 г. в 10:00, Acme Support <help@acme.example>:"],
  ["Mail.ru", "Понедельник, 6 мая 2024, 10:00 +03:00 от Acme Support <help@acme.example>:"],
  ["Yandex", '06.05.2024, 10:00, "Acme Support" <help@acme.example>:'],
  ["Apple, ru", "6 мая 2024 г., в 10:00, Acme Support <help@acme.example> написал(а):"],
  ["Thunderbird, ru", "06.05.2024 10:00, Acme Support пишет:"],
  ["Gmail, uk", "пн, 6 трав. 2024 р. о 10:00 Acme Support <help@acme.example> пише:"],
  ["Gmail, tr", "Acme Support <help@acme.example>, 6 May 2024 Pzt, 10:00 tarihinde şunu yazdı:"],
  ["Apple, tr", "Acme Support <help@acme.example> şunları yazdı (6 May 2024 10:00):"],
  ["Thunderbird, tr", "06.05.2024 10:00 tarihinde Acme Support yazdı:"],
  ["Gmail, hu", "Acme Support <help@acme.example> ezt írta (időpont: 2024. máj. 6., H, 10:00):"],
  ["Gmail, ro", "lun., 6 mai 2024 la 10:00, Acme Support <help@acme.example> a scris:"],
  ["Gmail, el", "Στις Δευ 6 Μαΐ 2024 στις 10:00 π.μ., ο/η Acme Support <help@acme.example> έγραψε:"],
  ["Gmail, ja", "2024年5月6日(月) 10:00 Acme Support <help@acme.example>:"],
  ["Apple, ja", "2024/05/06 10:00、Acme Support <help@acme.example>のメール:"],
  ["Thunderbird, ja", "2024/05/06 10:00, Acme Support さんは書きました:"],
  ["Gmail, zh", "Acme Support <help@acme.example> 于2024年5月6日周一 10:00写道："],
  ["Apple, zh", "在 2024年5月6日，10:00，Acme Support <help@acme.example> 写道："],
  ["163, zh", '在 2024-05-06 10:00:00，"Acme Support" <help@acme.example> 写道：'],
  ["Gmail, zh-TW", "Acme Support <help@acme.example> 於 2024年5月6日 週一 上午10:00寫道："],
  ["Gmail, ko", "2024년 5월 6일 (월) 오전 10:00, Acme Support <help@acme.example>님이 작성:"],
  ["a program of another language", "6/5/2024 10:00 nye Acme Support <help@acme.example> izandlele:"],
]
const own = "Es ist A-1001.\n\nDie Mühle klemmt."
const wrapAt = (line: string, width: number): string => {
  const rows = [""]
  for (const word of line.split(" ")) {
    const row = rows.at(-1) ?? ""
    if (row !== "" && row.length + word.length >= width) rows.push(word)
    else rows[rows.length - 1] = row === "" ? word : `${row} ${word}`
  }
  return rows.join("\n")
}

describe.each(attributions)("%s", (_, line) => {
  it("goes with the quoted lines below it", () => {
    expect(replyText({ text: `${own}\n\n${line}\n> Was ist defekt?\n>\n> Acme\n` })).toBe(own)
    expect(replyText({ text: `${own}\n\n${line}\n\n> Was ist defekt?` })).toBe(own)
  })

  it("goes with all below it where nothing marks the quote", () => {
    expect(replyText({ text: `${own}\n\n${line}\n\nWas ist defekt?\n\nAcme` })).toBe(own)
  })

  it("may be wrapped", () => {
    for (const width of [72, 60]) {
      expect(replyText({ text: `${own}\n\n${wrapAt(line, width)}\n\n> Was ist defekt?` })).toBe(own)
    }
  })

  it("may stand above answers between the quoted lines", () => {
    expect(replyText({ text: `${line}\n\n> Was ist defekt?\n\nDie Mühle.\n\n> Seit wann?\n\nMontag.` })).toBe(
      "Die Mühle.\n\nMontag.",
    )
  })

  it("may be in lines that end as mail's do, and in stars or with signs of no width", () => {
    expect(replyText({ text: `${own}\n\n*\u200e${line}\u200e*\n\n> Was ist defekt?\n`.replaceAll("\n", "\r\n") })).toBe(
      own,
    )
  })
})

describe("what only sounds like it", () => {
  it.each([
    "On Monday I wrote to you about the grinder:\nit is broken.",
    "On 6 May 2024 I ordered it.\nOn 7 May 2024 it came.",
    "On the other hand, the colour is fine.",
    "In your mail of 6 May 2024, 10:00, you wrote: it is free.\nIt was not.",
    "You can reach me until 10:00 at ada@example.com:\nI am at home.",
    "Your colleague Bob wrote:\nplease send it back.",
    "A colleague of yours wrote at 10:00:\nsend it back.",
    "Am Montag schrieb ich Ihnen:\ndie Mühle ist defekt.",
    "Le 6 mai, j'ai commandé deux moulins :\nun noir, un blanc.",
    "El pedido del 6/5/2024:\ndos molinos.",
    "My orders:\n2024-05-06 10:00 A-1001\n2024-05-07 11:00 A-1002",
    "Delivery: 6 May 2024, 10:00\nPlease ring twice.",
    "2024年5月6日に注文しました:\nまだ届きません。",
  ])("%j is the customer's own", (text) => {
    expect(replyText({ text })).toBe(text)
  })

  it("a line above an attribution stays, whatever it begins with", () => {
    const quote = "On Mon, May 6, 2024 at 10:00 AM Acme Support <help@acme.example>\nwrote:\n\n> How are you?"
    for (const text of ["On Friday at 9:00 I called you.", "6 May 2024 suits me.", "Thanks"]) {
      expect(replyText({ text: `${text}\n${quote}` })).toBe(text)
    }
  })
})
