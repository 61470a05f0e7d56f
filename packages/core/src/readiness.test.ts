import { expect, it } from "vitest"
import { hour, minute, said, seenAt } from "./histories.suite.ts"
import { readiness } from "./readiness.ts"

const weights = { orderNumber: 0.5, intent: 0.3, loyalty: 0.2 }

it("an 80 % view is actionable: the perfect profile is not waited for", () => {
  const seen = seenAt(minute, [said(0, { facts: { orderNumber: "A-1", intent: "return" } })])
  expect(readiness(seen, weights)).toEqual({ score: 0.8, actionable: true, missing: ["loyalty"] })
})

it("stale and conflicting values count half, and what would help most is named first", () => {
  const signals = [
    said(0, { facts: { orderNumber: "A-1", intent: "return", loyalty: "gold" } }),
    said(1, { facts: { loyalty: "silver" }, authority: "agent" }),
  ]
  const seen = seenAt(hour, signals)
  expect(seen.intent.state).toBe("stale")
  expect(seen.loyalty.state).toBe("conflicting")
  expect(readiness(seen, weights)).toEqual({ score: 0.75, actionable: false, missing: ["intent", "loyalty"] })
})

it("nothing known is 0, nothing wanted is 1", () => {
  expect(readiness(seenAt(0, []), weights)).toMatchObject({ score: 0, actionable: false })
  expect(readiness(seenAt(0, []), {})).toEqual({ score: 1, actionable: true, missing: [] })
})

it("only fields that the view has can be wanted", () => {
  // @ts-expect-error: no such field
  expect(readiness(seenAt(0, []), { orderNumbr: 1 })).toMatchObject({ missing: ["orderNumbr"] })
})
