import { describe, expect, it } from "vitest"
import { conflictingInformation } from "./conflicting-information.ts"
import { toHistory } from "./history.ts"
import { type Line, logOf, shop, tells } from "./log.fixture.ts"
import { toRate } from "./rate.ts"

const rate = (lines: readonly Line[]) => toRate(conflictingInformation(toHistory(logOf(lines), shop)))
const status = (at: number, orderStatus: string, matter = "a"): Line => tells(at, { orderStatus }, { matter })
const record = (at: number, facts: Readonly<Record<string, string>>, matter?: string): Line => ({
  at,
  matter,
  authority: "record",
  channel: "orders",
  facts,
})

describe("conflicting-information rate", () => {
  it("counts every pair that differs: told sent, sent, lost, sent makes 3 in one of 2 matters", () => {
    const lines = [status(1, "sent"), status(2, "sent"), status(3, "lost"), status(4, "sent"), status(5, "sent", "b")]
    expect(rate(lines)).toEqual({ count: 3, of: 2, rate: 1.5 })
  })

  it("news is no conflict: the record changed in between", () => {
    expect(rate([status(1, "packed"), record(2, { orderStatus: "sent" }, "a"), status(3, "sent")]).count).toBe(0)
    expect(rate([status(1, "packed"), record(2, { orderStatus: "sent" }), status(3, "sent")]).count).toBe(0)
  })

  it("the record said the same again, changed for another matter or another field, or is contradicted after its change: a conflict", () => {
    const sent = record(0, { orderStatus: "sent" }, "a")
    expect(rate([sent, status(1, "packed"), { ...sent, at: 2 }, status(3, "sent")]).count).toBe(1)
    expect(rate([status(1, "packed"), record(2, { orderStatus: "sent" }, "b"), status(3, "sent")]).count).toBe(1)
    expect(rate([status(1, "packed"), record(2, { mood: "calm" }, "a"), status(3, "sent")]).count).toBe(1)
    expect(rate([status(1, "packed"), { ...sent, at: 2 }, status(3, "sent"), status(4, "lost")]).count).toBe(1)
  })

  it("a customer's word does not change the record", () => {
    const claim: Line = { at: 2, matter: "a", facts: { orderStatus: "lost" } }
    expect(rate([status(1, "packed"), claim, status(3, "sent")]).count).toBe(1)
  })

  it("a field of the person has one record, whichever matter it was stated in", () => {
    const tier = (at: number, loyaltyTier: string) => tells(at, { loyaltyTier }, { matter: "a" })
    expect(rate([tier(1, "silver"), record(2, { loyaltyTier: "gold" }, "b"), tier(3, "gold")]).count).toBe(0)
  })

  it("what the record clears has changed", () => {
    const cleared: Line = { at: 2, matter: "a", authority: "record", cleared: ["orderStatus"] }
    const sent = record(0, { orderStatus: "sent" }, "a")
    expect(rate([sent, status(1, "sent"), cleared, status(3, "unknown to us")]).count).toBe(0)
  })

  it("told outside of a matter is not counted over", () => {
    const twice = [tells(1, { orderStatus: "sent" }), tells(2, { orderStatus: "lost" })]
    expect(rate([...twice, status(3, "sent")])).toEqual({ count: 0, of: 1, rate: 0 })
    expect(rate(twice)).toEqual({ count: 0, of: 0, rate: undefined })
  })
})
