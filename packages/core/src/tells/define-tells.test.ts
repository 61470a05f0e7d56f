import { expect, expectTypeOf, it } from "vitest"
import * as z from "zod/mini"
import { defineContext, type FactsOf } from "../define-context.ts"
import { latest } from "../rules/latest.ts"
import { score } from "../rules/score.ts"
import { set } from "../rules/set.ts"
import { cancelIntent } from "./cancel-intent.ts"
import { competitorInterest } from "./competitor-interest.ts"
import { defineTells } from "./define-tells.ts"
import { rageClicks } from "./rage-clicks.ts"
import { defineTell, type Tell } from "./tell.ts"

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    intent: latest(z.enum(["buy", "cancel"])),
    frustration: score({ halfLife: "10m" }),
    competitors: set(z.string()),
  },
})

it("tells state what the definition admits, typed from it", () => {
  const tells = defineTells(shop, [
    rageClicks({ fact: { frustration: 1 } }),
    cancelIntent({ fact: { intent: "cancel" } }),
    competitorInterest({ names: ["Acme"], fact: ({ found }) => ({ competitors: found }) }),
    defineTell({ name: "own", fact: { frustration: 3 }, lookback: 0, find: () => [] }),
  ])
  expectTypeOf(tells).toEqualTypeOf<readonly Tell<FactsOf<typeof shop.fields>>[]>()
  expect(tells.map(({ name }) => name)).toEqual(["rage-clicks", "cancel-intent", "competitor-interest", "own"])
})

it("a field that is not declared, and a value its schema refuses, are mistakes of the programmer", () => {
  const refusal = (code: string) => expect.objectContaining({ code })
  // @ts-expect-error: no such field
  expect(() => defineTells(shop, [rageClicks({ fact: { anger: 1 } })])).toThrow(refusal("tell/unknown_field"))
  // @ts-expect-error: not one of the declared intents
  expect(() => defineTells(shop, [cancelIntent({ fact: { intent: "leave" } })])).toThrow(refusal("tell/fact"))
  // @ts-expect-error: a score is a number
  expect(() => defineTells(shop, [rageClicks({ fact: () => ({ frustration: "high" }) })])).not.toThrow()
})
