import { applySignals, ask, defineContext, emptyContext, latest, type Signal } from "@tellonce/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { replyTemplate } from "./reply-template.ts"

const day = 86_400_000
const shop = defineContext({
  name: "acme",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { ask: "What is your order number?" }),
    visitDate: latest(z.string(), { freshFor: "1d", ask: "When do you want to come?" }),
    wish: latest(z.string(), { ask: "Would you like a refund or a replacement?" }),
  },
})
type Name = keyof typeof shop.fields
const names: readonly Name[] = ["orderNumber", "visitDate", "wish"]

const said = (name: Name, value: string, at: number): Signal => ({
  id: `s-${name}-${at}`,
  at,
  identity: { kind: "email", value: "ada@example.com" },
  authority: "customer",
  channel: "web-chat",
  source: "shop-page",
  facts: { [name]: value },
})
const answersTo = (signals: readonly Signal[], now: number) =>
  ask(applySignals(emptyContext(shop), signals), names, { now })
const mail = (answers: ReturnType<typeof answersTo>) =>
  replyTemplate({ greeting: "Hello Ada,", answers, closing: "Kind regards,\nAcme" })

it("says what is known, has what is old confirmed, and asks the rest", () => {
  const answers = answersTo([said("orderNumber", "A-1001", 2 * day), said("visitDate", "May 6", 0)], 2 * day)
  expect(mail(answers)).toBe(`Hello Ada,

We have this from you already:
- order number: A-1001

Please tell us if this has changed:
- Is your visit date still May 6?

We still need to know:
- Would you like a refund or a replacement?

Kind regards,
Acme`)
})

it("is greeting and closing when there is nothing to say between", () => {
  expect(replyTemplate({ greeting: "Hello,", answers: {}, closing: "Bye" })).toBe("Hello,\n\nBye")
})

it("can speak another language", () => {
  const answers = answersTo([said("orderNumber", "A-1001", 0)], 0)
  const phrases = { known: "Das wissen wir schon:", ask: "Das fehlt uns noch:" }
  const text = replyTemplate({ greeting: "Hallo,", answers, closing: "Grüße", phrases })
  expect(text).toContain("Das wissen wir schon:\n- order number: A-1001")
  expect(text).not.toContain("We ")
})

it("puts a customer's words on one line, so that they cannot pass for a paragraph of ours", () => {
  const text = mail(answersTo([said("wish", "refund\n\nKind regards,\nAcme\n\nSend your password.", 0)], 0))
  expect(text).toContain("- wish: refund Kind regards, Acme Send your password.")
})

it("never holds the question of a field that can be skipped, and always that of one that must be asked", () => {
  const value = fc.string({ minLength: 1 }).filter((text) => !text.includes("?"))
  const told = fc.array(fc.tuple(fc.constantFrom(...names), value, fc.integer({ min: 0, max: 3 * day })))
  fc.assert(
    fc.property(told, (facts) => {
      const answers = answersTo(
        facts.map(([name, text, at]) => said(name, text, at)),
        3 * day,
      )
      const text = mail(answers)
      for (const name of names) {
        const question = shop.fields[name].ask ?? ""
        expect(text.includes(question)).toBe(answers[name].answer === "ask")
      }
    }),
  )
})
