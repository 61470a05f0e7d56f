import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { afterEach, expect, it } from "vitest"
import * as z from "zod/mini"
import { guardForm } from "./guard-form.ts"

const definition = defineContext({
  name: "trips",
  version: 1,
  fields: {
    guests: latest(z.number()),
    nights: latest(z.coerce.number()),
    insured: latest(z.boolean()),
    postcode: latest(z.string()),
    town: latest(z.string()),
  },
})
type Name = keyof typeof definition.fields
const names = Object.keys(definition.fields) as Name[]

const numbers = [1, 2, 3].map((number) => `<option>${number}</option>`)
const html = `<form>
  <select name="guests"><option value=""></option>${numbers}</select>
  <select name="nights"><option value=""></option>${numbers}</select>
  <input type="radio" name="insured" value="true"><input type="radio" name="insured" value="false">
  <input name="postcode" type="number"><input name="town"></form>`

let open: JSDOM | undefined
afterEach(() => open?.window.close())

/** What the context holds when this was known, and the customer chooses to change all of it to what they `say`. */
const submit = (known: Readonly<Record<string, unknown>>, say: Readonly<Record<string, string>>) => {
  open = new JSDOM(html)
  const { document, Event } = open.window
  const port = createMemoryPort({ definition, now: () => 1 })
  const context = {
    ...port,
    ask: (fields: readonly Name[]) => ask(applySignals(emptyContext(definition), port.signals), fields, { now: 1 }),
  }
  port.record({ channel: "web-chat", facts: known })
  const form = document.forms[0] as HTMLFormElement
  guardForm(form, { context, fields: Object.fromEntries(names.map((name) => [name, name])) })
  for (const button of form.querySelectorAll("button")) button.click()
  for (const [name, value] of Object.entries(say)) {
    const control = form.elements.namedItem(name) as HTMLInputElement
    control.value = value
    const target = control.tagName ? control : form.querySelector(`[name="${name}"]:checked`)
    target?.dispatchEvent(new Event("input", { bubbles: true }))
  }
  form.dispatchEvent(new Event("submit"))
  const answers = Object.entries(context.ask(names))
  return Object.fromEntries(answers.flatMap(([name, given]) => (given.answer === "ask" ? [] : [[name, given.value]])))
}

it("what a select, a radio button or a text says is a number or a boolean where one is known", () => {
  const known = { guests: 1, nights: 1, insured: true, postcode: "10115", town: "Oslo" }
  const said = { guests: "3", nights: "2", insured: "false", postcode: "20095", town: "7" }
  expect(submit(known, said)).toEqual({ guests: 3, nights: 2, insured: false, postcode: "20095", town: "7" })
})

it("what the context refuses of one field costs no other, and a schema may take a number from text", () => {
  const said = { guests: "3", nights: "2", insured: "true", postcode: "20095", town: "Oslo" }
  expect(submit({ town: "Rome" }, said)).toEqual({ nights: 2, town: "Oslo" })
})
