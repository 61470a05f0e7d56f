import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { retainHourly } from "./retain-hourly.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const hours = (count: number) => vi.advanceTimersByTimeAsync(count * 3_600_000)

it("runs at once and each hour, a failure is told and ends nothing, and the end ends it", async () => {
  let rounds = 0
  const told: unknown[] = []
  const failure = new Error("the store is busy")
  const end = retainHourly({ retain: async () => (++rounds === 2 ? Promise.reject(failure) : 0) }, (e) => told.push(e))
  expect(rounds).toBe(1)
  await hours(3)
  expect([rounds, told]).toEqual([4, [failure]])
  end()
  await hours(3)
  expect(rounds).toBe(4)
})

it("a round that takes long is not overtaken, and one that the end cuts off is no failure", async () => {
  let rounds = 0
  const told: unknown[] = []
  let cut: (thrown: Error) => void = () => undefined
  const retain = () => {
    rounds++
    return new Promise<number>((_, reject) => {
      cut = reject
    })
  }
  const end = retainHourly({ retain }, (e) => told.push(e))
  await hours(2)
  expect(rounds).toBe(1)
  end()
  cut(new Error("store/closed"))
  await hours(1)
  expect([rounds, told]).toEqual([1, []])
})
