import { expect, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { ask } from "./ask.ts"
import { askView } from "./ask-view.ts"
import { emptyContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { latest } from "./rules/latest.ts"
import type { Signal } from "./signal.ts"
import { view } from "./view.ts"

const definition = defineContext({
  name: "trips",
  version: 1,
  fields: {
    city: latest(z.string(), { freshFor: "1h" }),
    guests: latest(z.number(), { scope: "matter", ask: "How many of you?" }),
    pin: latest(z.string(), { scope: "matter", reuse: "never" }),
    mail: latest(z.string(), { keepFor: "1d" }),
  },
})
const fields = ["city", "guests", "pin", "mail"] as const
const hour = 3_600_000

const said = (id: string, at: number, facts: object, matter?: string): Signal =>
  ({
    id,
    at,
    identity: { kind: "user", value: "1" },
    source: "test",
    channel: "web-chat",
    authority: "customer",
    facts,
    matter,
  }) as Signal

const context = applySignals(emptyContext(definition), [
  said("1", 1, { city: "Paris", mail: "a@example.com" }),
  said("2", 2, { guests: 4, pin: "1234" }, "trip-1"),
])

it.each([
  ["fresh", {}, hour / 2],
  ["stale", {}, 2 * hour],
  ["expired", {}, 30 * hour],
  ["too old for the question", { maxAge: 1_000 }, hour / 2],
  ["of this matter", { matter: "trip-1" }, hour / 2],
  ["of another matter", { matter: "trip-2" }, hour / 2],
])("what is %s is answered from a view as from the context", (_, options, now) => {
  expect(askView(definition, view(context, { now }), fields, options)).toEqual(
    ask(context, fields, { ...options, now }),
  )
})

it("a view that went through JSON answers alike", () => {
  const seen = JSON.parse(JSON.stringify(view(context, { now: hour })))
  expect(askView(definition, seen, fields)).toEqual(ask(context, fields, { now: hour }))
})

it("what this matter said is confirmed, not skipped, where a newer one of another matter hides it in the view", () => {
  const newer = applySignals(context, [said("3", 3, { guests: 2 }, "trip-2")])
  const options = { now: hour, matter: "trip-1" }
  expect(ask(newer, ["guests"], options).guests).toMatchObject({ answer: "skip", value: 4 })
  expect(askView(definition, view(newer, { now: hour }), ["guests"], options).guests).toMatchObject({
    answer: "confirm",
    value: 2,
  })
})

it("a field nobody declared is the programmer's mistake", () => {
  const unknown = "colour" as "city"
  expect(() => askView(definition, view(context, { now: 1 }), [unknown])).toThrow(/no field "colour"/)
})
