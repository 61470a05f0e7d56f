import { expect, it } from "vitest"
import { createAdmission } from "./create-admission.ts"

const start = () => {
  const state = { now: 0, waiting: 0, oldest: 0, chance: 0 }
  let endTurn = () => {}
  const admit = createAdmission({
    backlog: () => state,
    stopwatch: () => state.now,
    random: () => state.chance,
    afterTurn: (run) => {
      endTurn = run
    },
  })
  const refusal = () => {
    try {
      admit()
      return undefined
    } catch (thrown) {
      return thrown
    }
  }
  return { state, refusal, endTurn: () => endTurn() }
}

const busy = { status: 503, code: "overload/busy" }

it("refuses while the oldest of many calls waits for more than a quarter of a second, and admits again when it has been answered", () => {
  const { state, refusal } = start()
  state.waiting = 33
  state.oldest = 250
  expect(refusal()).toBeUndefined()
  state.oldest = 251
  expect(refusal()).toMatchObject(busy)
  state.oldest = 0
  expect(refusal()).toBeUndefined()
})

it("has patience with a slow disk for which few wait", () => {
  const { state, refusal } = start()
  state.oldest = 10_000
  state.waiting = 32
  expect(refusal()).toBeUndefined()
})

it("holds a thousand waiting calls and no more", () => {
  const { state, refusal } = start()
  state.waiting = 999
  expect(refusal()).toBeUndefined()
  state.waiting = 1_000
  expect(refusal()).toMatchObject(busy)
})

it("refuses what has waited in its socket while one turn of the event loop worked, and begins anew with the next turn", () => {
  const { state, refusal, endTurn } = start()
  expect(refusal()).toBeUndefined()
  state.now = 501
  expect(refusal()).toMatchObject(busy)
  endTurn()
  expect(refusal()).toBeUndefined()
})

it("sends those it refuses back at different times", () => {
  const { state, refusal } = start()
  state.waiting = 1_000
  const times = [0, 0.4, 0.99].map((chance) => {
    state.chance = chance
    return (refusal() as { retryAfter: number }).retryAfter
  })
  expect(times).toEqual([1, 2, 3])
})
