import { expect, expectTypeOf, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { emptyContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { defineRule } from "./define-rule.ts"
import { derive } from "./derive.ts"
import { said } from "./histories.suite.ts"
import { view } from "./view.ts"

const highest = defineRule<number, number>({
  key: (value) => String(value),
  keep: 10,
  read: (entries) => {
    const top = entries.reduce<(typeof entries)[number] | undefined>(
      (best, entry) => (best && Number(best.value) >= Number(entry.value) ? best : entry),
      undefined,
    )
    return top && { value: Number(top.value), entry: top }
  },
})

const definition = defineContext({ name: "own", version: 1, fields: { offer: highest(z.number()) } })

it("a rule of one's own is declared like any other, typed, and read by its own function", () => {
  const context = applySignals(emptyContext(definition), [
    said(0, { facts: { offer: 70 } }),
    said(1, { facts: { offer: 50 } }),
  ])
  const seen = view(context, { now: 2 })
  expect(seen.offer).toMatchObject({ state: "fresh", value: 70, at: 0 })
  expectTypeOf(seen.offer.value).toEqualTypeOf<number | undefined>()
})

it("derived fields follow from a view, typed by what they return", () => {
  const seen = view(applySignals(emptyContext(definition), [said(0, { facts: { offer: 70 } })]), { now: 0 })
  const derived = derive(seen, { nextStep: ({ offer }) => (offer.value && offer.value > 60 ? "accept" : "haggle") })
  expect(derived.nextStep).toBe("accept")
  expectTypeOf(derived.nextStep).toEqualTypeOf<string>()
})
