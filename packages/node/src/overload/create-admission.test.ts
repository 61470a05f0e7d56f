import { expect, it } from "vitest"
import { createAdmission } from "./create-admission.ts"

const start = () => {
  const state = { now: 0, waiting: 0, oldest: 0 }
  let endTurn = () => {}
  const isBusy = createAdmission({
    backlog: () => state,
    stopwatch: () => state.now,
    afterTurn: (run) => {
      endTurn = run
    },
  })
  return { state, isBusy, endTurn: () => endTurn() }
}

it("refuses while the oldest of many calls waits for more than a quarter of a second, and admits again when it has been answered", () => {
  const { state, isBusy } = start()
  state.waiting = 33
  state.oldest = 250
  expect(isBusy()).toBe(false)
  state.oldest = 251
  expect(isBusy()).toBe(true)
  state.oldest = 0
  expect(isBusy()).toBe(false)
})

it("has patience with a slow disk for which few wait", () => {
  const { state, isBusy } = start()
  state.oldest = 10_000
  state.waiting = 32
  expect(isBusy()).toBe(false)
})

it("holds a thousand waiting calls and no more", () => {
  const { state, isBusy } = start()
  state.waiting = 999
  expect(isBusy()).toBe(false)
  state.waiting = 1_000
  expect(isBusy()).toBe(true)
})

it("refuses what has waited in its socket while one turn of the event loop worked, and begins anew with the next turn", () => {
  const { state, isBusy, endTurn } = start()
  expect(isBusy()).toBe(false)
  state.now = 501
  expect(isBusy()).toBe(true)
  endTurn()
  expect(isBusy()).toBe(false)
})
