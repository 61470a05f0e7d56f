import { expect, it } from "vitest"
import { focus } from "./focus.ts"
import { day, minute, said, seenAt } from "./histories.suite.ts"

it("a cancel intent of two minutes ago stands above five years of loyalty", () => {
  const now = 5 * 365 * day
  const seen = seenAt(now, [
    said(0, { facts: { loyalty: "gold" } }),
    said(now - 2 * minute, { facts: { intent: "cancel" } }),
  ])
  expect(focus(seen).map(({ field }) => field)).toEqual(["intent", "loyalty"])
  expect(focus(seen, { weights: { loyalty: 10 } })[0]).toMatchObject({
    field: "intent",
    value: "cancel",
    age: 2 * minute,
  })
})

it("weights tip what is equally new, 0 leaves a field out, and the stale weigh half", () => {
  const seen = seenAt(40 * minute, [said(0, { facts: { intent: "buy", orderNumber: "A-1", loyalty: "gold" } })])
  expect(focus(seen, { weights: { loyalty: 0 } }).map(({ field }) => field)).toEqual(["orderNumber", "intent"])
  expect(focus(seen, { weights: { intent: 3 } })[0]?.field).toBe("intent")
})
