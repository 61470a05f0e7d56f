import { expect, it } from "vitest"
import { explain } from "./explain.ts"
import { contextOf, day, minute, said } from "./histories.suite.ts"

it("names the signal that won, those that lost, and why, in words", () => {
  const context = contextOf(
    said(0, { id: "order-system", authority: "record", facts: { orderStatus: "in transit" } }),
    said(minute, { id: "chat", facts: { orderStatus: "delivered" } }),
  )
  expect(explain(context, "orderStatus", { now: 2 * minute })).toMatchObject({
    state: "fresh",
    winner: { signal: "order-system", value: "in transit", age: 2 * minute },
    because: "The record is believed before those who spoke later.",
    losers: [{ signal: "chat", value: "delivered", because: "a record is believed before a customer" }],
  })
})

it("explains a conflict, an expiry, a clearing and a silence", () => {
  const conflict = contextOf(
    said(0, { facts: { loyalty: "gold" } }),
    said(1, { authority: "agent", facts: { loyalty: "none" } }),
  )
  expect(explain(conflict, "loyalty", { now: 2 }).because).toMatch(/agent said it last, and another authority/)
  const expired = contextOf(said(0, { facts: { orderStatus: "lost" } }))
  expect(explain(expired, "orderStatus", { now: day })).toMatchObject({
    state: "expired",
    winner: undefined,
    losers: [{ because: "too old, or of a closed matter" }],
  })
  const cleared = contextOf(said(0, { facts: { loyalty: "gold" } }), said(1, { cleared: ["loyalty"] }))
  expect(explain(cleared, "loyalty", { now: 2 })).toMatchObject({
    state: "unknown",
    because: expect.stringMatching(/cleared/),
  })
  expect(explain(contextOf(), "loyalty", { now: 0 })).toMatchObject({
    state: "unknown",
    because: "Nobody has said it.",
    losers: [],
  })
  expect(() => explain(contextOf(), "nothing" as "loyalty", { now: 0 })).toThrow(
    expect.objectContaining({ code: "definition/unknown_field" }),
  )
})
