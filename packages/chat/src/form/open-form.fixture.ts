import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { afterEach } from "vitest"
import * as z from "zod/mini"
import { type FormGuardOptions, guardForm } from "./guard-form.ts"

const definition = defineContext({
  name: "trips",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { ask: "What is your order number?" }),
    guests: latest(z.number(), { freshFor: "1h" }),
    wish: latest(z.enum(["refund", "replacement"])),
    news: latest(z.boolean()),
    mail: latest(z.string()),
  },
})
type Name = keyof typeof definition.fields

const html = `<form>
  <label>Order number <input name="order" required pattern="A-\\d+"></label>
  <p data-row><label for="people">Number of people:</label> <input id="people" name="people" type="number" required></p>
  <label>Wish <select name="wish"><option value=""></option><option value="refund">Money</option></select></label>
  <fieldset><legend>News?</legend><input type="checkbox" name="news" aria-label="News"></fieldset>
  <input type="hidden" name="csrf" value="t"><input type="password" name="mail">
  <button>Send</button>
</form>`
const fields = { order: "orderNumber", people: "guests", wish: "wish", news: "news" } as const

let open: JSDOM | undefined
afterEach(() => open?.window.close())

/** A form on a page, and what one customer is known by; `guard` begins to watch it. */
export const openForm = () => {
  let now = 1_000_000
  open = new JSDOM(html)
  const { document, Event, FormData } = open.window
  const port = createMemoryPort({ definition, now: () => now })
  const context = {
    ...port,
    ask: (names: readonly Name[], options: object = {}) =>
      ask(applySignals(emptyContext(definition), port.signals), names, { now, ...options }),
  }
  const form = document.querySelector("form") as HTMLFormElement
  const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement
  const row = (field: string) => form.querySelector<HTMLElement>(`[data-field="${field}"]`)
  return {
    form,
    control,
    row,
    guard: (options: Partial<FormGuardOptions<Name>> = {}) => guardForm(form, { context, fields, ...options }),
    know: (facts: Record<string, unknown>) => port.record({ channel: "web-chat", facts }),
    forget: (field: Name) => port.record({ channel: "web-chat", cleared: [field] }),
    age: (ms: number) => {
      now += ms
    },
    press: (field: string, name: string) => {
      const buttons = [...(row(field)?.querySelectorAll("button") ?? [])]
      buttons.find(({ textContent }) => textContent === name)?.click()
    },
    type: (name: string, value: string) => {
      control(name).value = value
      control(name).dispatchEvent(new Event("input", { bubbles: true }))
    },
    submit: () => form.dispatchEvent(new Event("submit", { cancelable: true })),
    fire: (type: string) => form.dispatchEvent(new Event(type)),
    submitted: () => Object.fromEntries(new FormData(form)),
    said: () => port.signals.filter(({ channel }) => channel === "form"),
    heard: () => form.querySelector("[role=status]")?.textContent,
    isAside: (name: string) => control(name).closest("[hidden]") !== null,
  }
}
