import { guardForm } from "@tellonce/chat/form"
import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import * as z from "zod/mini"

const definition = defineContext({
  name: "trips",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { ask: "What is your order number?" }),
    guests: latest(z.number(), { freshFor: "1h" }),
    wish: latest(z.enum(["refund", "replacement"])),
    remark: latest(z.string(), { freshFor: "1h" }),
  },
})
type Name = keyof typeof definition.fields

let now = 1_000_000
const port = createMemoryPort({ definition, now: () => now })
const context = {
  ...port,
  ask: (names: readonly Name[], options: object = {}) =>
    ask(applySignals(emptyContext(definition), port.signals), names, { ...options, now }),
}
const form = document.querySelector("form") as HTMLFormElement
// A page whose own styles are stronger than `hidden`.
for (const row of form.querySelectorAll<HTMLElement>("[data-row]")) row.style.display = "flex"
const submitted: object[] = []
form.addEventListener("submit", (event) => {
  event.preventDefault()
  submitted.push(Object.fromEntries(new FormData(form)))
})
const guard = guardForm(form, {
  context,
  fields: { order: "orderNumber", people: "guests", wish: "wish", remark: "remark" },
  words: { confirm: ({ text, question, field }) => (field === "guests" ? `Is it still ${text} people?` : question) },
})
Object.assign(window, {
  tellonce: {
    guard,
    submitted,
    said: () => port.signals.filter(({ channel }) => channel === "form"),
    know: (facts: Record<string, unknown>) => port.record({ channel: "web-chat", facts }),
    age: (ms: number) => {
      now += ms
      guard.refresh()
    },
  },
})
