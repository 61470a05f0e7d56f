import fc from "fast-check"
import { expect, it } from "vitest"
import type { Principal } from "../principal.ts"
import { createAllowance } from "./create-allowance.ts"

const visitor = (value: string): Principal => ({
  kind: "visitor",
  identity: { kind: "anonymous", value },
  epoch: 0,
  expiresAt: 1e15,
})

const start = (rate = { perSecond: 2, burst: 3 }) => {
  const state = { now: 0 }
  const spend = createAllowance({ rates: { visitor: rate }, stopwatch: () => state.now })
  const maySpend = (principal: Principal) => {
    try {
      spend(principal)
      return true
    } catch (thrown) {
      expect(thrown).toMatchObject({ status: 429, code: "overload/too_many_requests" })
      return false
    }
  }
  return { state, spend, maySpend }
}

it("a caller has its burst at once, then so many a second", () => {
  const { state, maySpend } = start()
  const spendFour = () => [1, 2, 3, 4].map(() => maySpend(visitor("a")))
  expect(spendFour()).toEqual([true, true, true, false])
  state.now = 1_000
  expect(spendFour()).toEqual([true, true, false, false])
  state.now = 60_000
  expect(spendFour()).toEqual([true, true, true, false])
})

it("a caller who asks too much takes nothing from another; a kind without a rate has no limit", () => {
  const { maySpend } = start()
  for (let times = 0; times < 100; times++) maySpend(visitor("a"))
  expect(maySpend(visitor("b"))).toBe(true)
  for (let times = 0; times < 100; times++) expect(maySpend({ kind: "secret" })).toBe(true)
})

it("whoever comes back after the time it was told is let in", () => {
  const { state, spend } = start({ perSecond: 0.1, burst: 1 })
  spend(visitor("a"))
  try {
    spend(visitor("a"))
    expect.unreachable()
  } catch (thrown) {
    state.now = (thrown as { retryAfter: number }).retryAfter * 1_000
  }
  expect(() => spend(visitor("a"))).not.toThrow()
})

it("in any time nobody gets more than the burst and the rate over that time", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (gaps) => {
      const { state, maySpend } = start()
      let granted = 0
      for (const gap of gaps) {
        state.now += gap
        if (maySpend(visitor("a"))) granted++
      }
      expect(granted).toBeLessThanOrEqual(3 + (state.now / 1_000) * 2)
    }),
  )
})
