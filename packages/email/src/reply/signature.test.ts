import { describe, expect, it } from "vitest"
import { replyText } from "./reply-text.ts"

const own = "It is A-1001.\n\nThe grinder is stuck."
const lines = (...all: string[]) => all.join("\n")

describe("what a program writes under a mail is left out", () => {
  it.each([
    "Sent from my iPhone",
    "Sent from my Galaxy",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android <https://aka.ms/AAb9ysg>",
    "Sent from Mail for Windows 10",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Gesendet mit der GMX iPhone App",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Outlook für iOS beziehen",
    "Envoyé de mon iPhone",
    "Envoyé depuis mon appareil Galaxy",
    "Télécharger Outlook pour iOS",
    "Enviado desde mi iPhone",
    "Obtener Outlook para Android",
    "Inviato da iPhone",
    "Inviato dal mio telefono",
    "Enviado do meu iPhone",
    "Verstuurd vanaf mijn iPad",
    "Verzonden vanuit Outlook voor iOS",
    "Wysłane z iPhone’a",
    "Wysłano z mojego telefonu",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Отправлено из мобильной Яндекс Почты",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
    "-- \nSent from my iPhone",
  ])("%s", (footer) => {
    expect(replyText({ text: lines(own, "", footer) })).toBe(own)
    const quote = "On 6 May 2024, at 10:00, Acme <help@acme.example> wrote:\n\n> How are you?"
    expect(replyText({ text: lines(own, "", footer, "", quote) })).toBe(own)
  })
})

describe("what closes a letter is left out with what follows it", () => {
  it.each([
    lines("Regards,", "Ada"),
    lines("Kind regards", "", "Ada Lovelace", "12 St James's Square", "+44 20 7946 0000"),
    lines("Thanks and best regards,", "Ada"),
    lines("Best wishes", "Ada"),
    lines("Mit freundlichen Grüßen", "", "Ada Lovelace"),
    lines("Viele Grüße", "Ada"),
    lines("LG Ada").replace(" ", "\n"),
    lines("Cordialement,", "Ada Lovelace"),
    lines("Bien à vous,", "Ada"),
    lines("Un saludo,", "Ada"),
    lines("Cordiali saluti", "Ada"),
    lines("Atenciosamente,", "Ada"),
    lines("Met vriendelijke groet,", "", "Ada"),
    lines("Pozdrawiam", "Ada"),
    lines("Z poważaniem,", "Ada Lovelace"),
    lines("Med vänlig hälsning", "Ada"),
    lines("Venlig hilsen", "Ada"),
    lines("Ystävällisin terveisin", "Ada"),
    lines("S pozdravem", "Ada"),
    lines("С уважением,", "Ада"),
    lines("Saygılarımla", "Ada"),
    lines("-- ", "Ada Lovelace", "Acme Ltd."),
    lines("--", "Ada Lovelace", "https://ada.example"),
    lines("____________________", "Ada Lovelace", "Analyst"),
    lines("_______________________________________________", "users mailing list", "users@list.example"),
  ])("%j", (closing) => {
    expect(replyText({ text: lines(own, "", closing) })).toBe(own)
    expect(replyText({ text: lines(own, "", closing, "", "> How are you?") })).toBe(own)
  })

  it("also thanks, where the sender's name follows", () => {
    const text = lines(own, "", "Thanks,", "Ada")
    expect(replyText({ text, sender: "Ada Lovelace" })).toBe(own)
    expect(replyText({ text, sender: "Bob" })).toBe(text)
    expect(replyText({ text })).toBe(text)
  })

  it("also the sender's name alone, and nobody else's", () => {
    for (const name of ["Ada", "-Ada", "— Ada Lovelace", "Lovelace"]) {
      const text = lines(own, "", name)
      expect(replyText({ text, sender: "Ada Lovelace" })).toBe(own)
      expect(replyText({ text, sender: "Bob" })).toBe(text)
    }
    expect(replyText({ text: "Ada", sender: "Ada" })).toBe("Ada")
    expect(replyText({ text: lines("Who signs?", "Ada 7"), sender: "Ada" })).toBe(lines("Who signs?", "Ada 7"))
  })

  it("and what a company puts under all its mail", () => {
    const notice =
      "This e-mail and any attachments are confidential and intended solely for the person they are addressed to. If you are not the intended recipient, please delete them."
    const hinweis =
      "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender und löschen Sie sie."
    for (const text of [notice, hinweis]) {
      expect(replyText({ text: lines(own, "", text) })).toBe(own)
      expect(replyText({ text: lines(own, "", "Regards,", "Ada", "", text) })).toBe(own)
    }
  })
})

describe("what only looks like a signature stays", () => {
  it.each([
    lines("Parts:", "-- the lid", "-- the crank", "", "Are they in stock?"),
    lines(
      "Name   Price",
      "------------",
      "Lid     3.00",
      "Crank   9.00",
      "",
      "Which one do I need, and when can you send it?",
    ),
    lines("First", "----", "The lid is loose.", "----", "The crank is stuck."),
    lines("Sent from my desk, which is also broken."),
    lines("How was it sent?", "", "Sent via DHL"),
    lines("My regards to Bob, who was very kind on the phone and sent me the lid."),
    lines(own, "", "Regards,", "Ada", "", "PS: please send a new lid as well."),
    lines(own, "", "Cheers", "", "When will it come?"),
    lines("Thanks!"),
    lines("Regards,", "Ada"),
    lines("This is confidential."),
    lines("1 + 1", "==", "2, as you may know by now, is all I asked for."),
  ])("%j", (text) => {
    expect(replyText({ text })).toBe(text)
  })
})
