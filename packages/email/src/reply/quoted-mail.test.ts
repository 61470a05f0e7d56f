import { describe, expect, it } from "vitest"
import { replyText } from "./reply-text.ts"

const own = "It is A-1001.\n\nThe grinder is stuck."
const lines = (...all: string[]) => all.join("\n")

/** From, sent, to, subject, as Outlook and its like name them. */
const blocks: readonly (readonly [language: string, from: string, sent: string, to: string, subject: string])[] = [
  ["en", "From:", "Sent: Monday, 6 May 2024 10:00", "To:", "Subject:"],
  ["de", "Von:", "Gesendet: Montag, 6. Mai 2024 10:00", "An:", "Betreff:"],
  ["fr", "De :", "Envoyé : lundi 6 mai 2024 10:00", "À :", "Objet :"],
  ["es", "De:", "Enviado el: lunes, 6 de mayo de 2024 10:00", "Para:", "Asunto:"],
  ["it", "Da:", "Inviato: lunedì 6 maggio 2024 10:00", "A:", "Oggetto:"],
  ["pt", "De:", "Enviada em: segunda-feira, 6 de maio de 2024 10:00", "Para:", "Assunto:"],
  ["nl", "Van:", "Verzonden: maandag 6 mei 2024 10:00", "Aan:", "Onderwerp:"],
  ["pl", "Od:", "Wysłano: poniedziałek, 6 maja 2024 10:00", "Do:", "Temat:"],
  ["sv", "Från:", "Skickat: den 6 maj 2024 10:00", "Till:", "Ämne:"],
  ["da", "Fra:", "Sendt: 6. maj 2024 10:00", "Til:", "Emne:"],
  ["fi", "Lähettäjä:", "Lähetetty: maanantai 6. toukokuuta 2024 10.00", "Vastaanottaja:", "Aihe:"],
  ["cs", "Od:", "Odesláno: pondělí 6. května 2024 10:00", "Komu:", "Předmět:"],
  ["ru", "От:", "Отправлено: понедельник, 6 мая 2024 г. 10:00", "Кому:", "Тема:"],
  ["tr", "Kimden:", "Gönderildi: 6 Mayıs 2024 Pazartesi 10:00", "Kime:", "Konu:"],
  ["ja", "差出人:", "送信日時: 2024年5月6日 10:00", "宛先:", "件名:"],
  ["zh", "发件人：", "发送时间：2024年5月6日 10:00", "收件人：", "主题："],
  ["zh-TW", "寄件者:", "寄件日期: 2024年5月6日 上午 10:00", "收件者:", "主旨:"],
  ["ko", "보낸 사람:", "보낸 날짜: 2024년 5월 6일 월요일 오전 10:00", "받는 사람:", "제목:"],
  ["hu", "Feladó:", "Elküldve: 2024. május 6., hétfő 10:00", "Címzett:", "Tárgy:"],
  ["uk", "Від:", "Надіслано: понеділок, 6 травня 2024 р. 10:00", "Кому:", "Тема:"],
]

describe.each(blocks)("the headers of a quoted mail, %s", (_, from, sent, to, subject) => {
  const head = [`${from} Acme Support <help@acme.example>`, sent, `${to} Ada Lovelace`, `${subject} Your order`]
  const rest = ["", "How are you?", "", "Acme"]

  it("begin what is quoted", () => {
    expect(replyText({ text: lines(own, "", ...head, ...rest) })).toBe(own)
  })

  it("may have a rule above, stars around, or no address at all", () => {
    expect(replyText({ text: lines(own, "", "_".repeat(32), ...head, ...rest) })).toBe(own)
    const starred = head.map((line) => line.replace(/^([^:：]+[:：])/, "*$1*"))
    expect(replyText({ text: lines(own, "", ...starred, ...rest) })).toBe(own)
    expect(replyText({ text: lines(own, "", ...head, ...rest).replace(" <help@acme.example>", "") })).toBe(own)
  })

  it("may each be a paragraph", () => {
    expect(replyText({ text: lines(own, "", head.join("\n\n"), ...rest) })).toBe(own)
  })

  it("leave nothing of a mail that is only passed on", () => {
    expect(replyText({ text: lines(...head, ...rest) })).toBe("")
  })
})

describe("a title above a quoted mail", () => {
  it.each([
    "-----Original Message-----",
    "----- Original Message -----",
    "---------- Forwarded message ---------",
    "-------- Forwarded Message --------",
    "-------- Original message --------",
    "-----Ursprüngliche Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "-----Message d'origine-----",
    "-------- Message transféré --------",
    "-----Mensaje original-----",
    "---------- Forwarded message ----------",
    "-----Messaggio originale-----",
    "---------- Mensagem encaminhada ---------",
    "-----Oorspronkelijk bericht-----",
    "-------- Doorgestuurd bericht --------",
    "-----Wiadomość oryginalna-----",
    "-------- Przekazana wiadomość --------",
    "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----",
    "-----Alkuperäinen viesti-----",
    "-----Původní zpráva-----",
    "-------- Исходное сообщение --------",
    "-----Özgün İleti-----",
    "-----元のメッセージ-----",
    "------------------ 原始邮件 ------------------",
    "-------- 转发的邮件 --------",
    "-----원본 메시지-----",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "Début du message réexpédié :",
    "Inizio messaggio inoltrato:",
    "转发的邮件：".replace("转发的邮件", "开始转发的邮件"),
    "---- Izandlela zokuqala ----",
    "##- Please type your reply above this line -##",
    "--- Bitte antworten Sie oberhalb dieser Zeile ---",
    "----------------- この行より上にご返信ください -----------------",
  ])("%s", (title) => {
    const text = lines(own, "", title, "From: Acme <help@acme.example>", "Date: 6 May 2024", "", "How are you?")
    expect(replyText({ text })).toBe(own)
    expect(replyText({ text: text.slice(own.length) })).toBe("")
  })
})

describe("what only looks like a quoted mail", () => {
  it.each([
    lines("I booked:", "", "From: Paris", "To: London", "Date: 6 May 2024", "", "Can I change it?"),
    lines("Von: München", "An: Wien", "", "Bitte umbuchen."),
    lines("From: Ada Lovelace <ada@mail.example>", "Subject: Grinder", "", "Message:", "It is stuck.", "", "Bye"),
    lines("Subject: my grinder", "", "It is stuck."),
    lines("To: whom it may concern", "", "My grinder is stuck."),
    lines("Date: 6 May", "Time: 10:00", "Place: at home"),
    lines("Options:", "", "----- Colour -----", "black", "", "----- Size -----", "small"),
    lines("Here is what I see:", "", "--- a/file", "+++ b/file", "-old", "+new"),
    lines("De:", "Madrid", "A:", "Sevilla"),
    lines("The name is printed above this line", "on the lid."),
  ])("%j is the customer's own", (text) => {
    expect(replyText({ text })).toBe(text)
  })
})
