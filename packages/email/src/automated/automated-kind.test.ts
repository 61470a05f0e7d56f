import { describe, expect, it } from "vitest"
import { automatedKind } from "./automated-kind.ts"

const kindOf = (headers: Readonly<Record<string, string>>, from = "ada@example.com") =>
  automatedKind((name) => (headers[name] === undefined ? [] : [headers[name]]), from)

it.each([
  [{ "auto-submitted": "auto-replied" }, "auto-reply"],
  [{ "auto-submitted": "auto-generated (rejected)" }, "auto-reply"],
  [{ "x-autoreply": "yes" }, "auto-reply"],
  [{ "x-autorespond": "" }, "auto-reply"],
  [{ "x-loop": "support@acme.example" }, "auto-reply"],
  [{ "x-auto-response-suppress": "All", "x-ms-exchange-inbox-rules-loop": "ada@example.com" }, "auto-reply"],
  [{ precedence: "Auto_Reply" }, "auto-reply"],
  [{ "x-precedence": "auto-reply" }, "auto-reply"],
  [{ "x-fc-machinegenerated": "true" }, "auto-reply"],
  [{ "return-path": "<>", "auto-submitted": "auto-replied (vacation)" }, "auto-reply"],
  [{ "return-path": "<>", subject: "Abwesenheitsnotiz: Ihre Anfrage" }, "auto-reply"],
  [{ "content-type": "multipart/report; report-type=disposition-notification", "return-path": "<>" }, "auto-reply"],
  [{ precedence: "bulk" }, "bulk"],
  [{ precedence: "junk" }, "bulk"],
  [{ "list-unsubscribe-post": "List-Unsubscribe=One-Click", "list-unsubscribe": "<https://x.example>" }, "bulk"],
  [{ "return-path": " < > " }, "bounce"],
  [{ "x-failed-recipients": "ada@example.com" }, "bounce"],
  [{ "content-type": 'Multipart/Report; boundary=x; report-type="delivery-status"' }, "bounce"],
  [{ "content-type": "multipart/report; report-type=delivery-status", "auto-submitted": "auto-replied" }, "bounce"],
  [{ subject: "Undelivered Mail Returned to Sender" }, "bounce"],
  [{ subject: "=?utf-8?q?Unzustellbar=3A_Ihre_Anfrage?=", "return-path": "<>" }, "bounce"],
  [{ "auto-submitted": "no" }, null],
  [{ "auto-submitted": "No; really" }, null],
  [{ precedence: "first-class" }, null],
  [{ "x-auto-response-suppress": "All" }, null],
  [{ "return-path": "<ada@example.com>" }, null],
  [{ subject: "Undeliverable: my parcel" }, null],
  [{}, null],
] as const)("%j is written by: %s", (headers, kind) => {
  expect(kindOf(headers)).toBe(kind)
})

it("a customer who writes through a group is no machine, whatever the group adds", () => {
  const group = {
    "list-id": "<support.acme.example>",
    "list-post": "<mailto:support@acme.example>",
    "list-unsubscribe": "<https://groups.example/leave>",
    "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    precedence: "list",
    "x-loop": "support@acme.example",
  }
  expect(kindOf(group)).toBeNull()
  expect(kindOf({ "list-id": "<support.acme.example>" })).toBeNull()
  expect(kindOf({ ...group, "auto-submitted": "auto-replied" })).toBe("auto-reply")
})

it("the postmaster and the mailer daemon write delivery reports", () => {
  expect(kindOf({}, "MAILER-DAEMON@mx.example.com")).toBe("bounce")
  expect(kindOf({}, "postmaster@example.com")).toBe("bounce")
  expect(kindOf({}, "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@acme.example")).toBe("bounce")
  expect(kindOf({}, "not-postmaster@example.com")).toBeNull()
})

describe("the subject tells where no header does", () => {
  it.each([
    "Automatic reply: Your order",
    "Out of Office AutoReply: Your order",
    "Out of office",
    "Automatische Antwort: Ihre Bestellung",
    "Abwesenheitsnotiz",
    "Réponse automatique : Votre commande",
    "Respuesta automática: Su pedido",
    "Risposta automatica: Il suo ordine",
    "Resposta automática: O seu pedido",
    "Automatisch antwoord: Uw bestelling",
    "Odpowiedź automatyczna: Zamówienie",
    "Automatiskt svar: Din beställning",
    "Autosvar: Din bestilling",
    "Automatisk svar: Din bestilling",
    "Automaattinen vastaus: Tilauksesi",
    "Automatická odpověď: Vaše objednávka",
    "Автоматический ответ: Ваш заказ",
    "Otomatik yanıt: Siparişiniz",
    "自動返信: ご注文",
    "自动答复: 您的订单",
    "자동 회신: 주문",
  ])("%s", (subject) => {
    expect(kindOf({ subject })).toBe("auto-reply")
    // A person's answer to what our own machine wrote.
    expect(kindOf({ subject: `Re: ${subject}` })).toBeNull()
  })

  it.each(["Automatic reply buttons are broken", "Out of office chairs?", "Auto insurance", "Abwesend am Liefertag"])(
    "%s is a person's",
    (subject) => {
      expect(kindOf({ subject })).toBeNull()
    },
  )
})
