import { expect, it } from "vitest"
import { checkoutStruggle } from "./checkout-struggle.ts"
import { runTells } from "./run-tells.ts"
import { happens, minute } from "./story.fixture.ts"

const step = (at: number, name: string) => happens(`s${at}`, at, { name: "checkout.step", data: { step: name } })
const error = (at: number) => happens(`s${at}`, at, { name: "checkout.error" })
const done = (at: number) => happens(`s${at}`, at, { name: "checkout.done" })
const tell = checkoutStruggle({ fact: { needsHelp: true } })
const times = (...signals: Parameters<typeof runTells>[1]) => runTells([tell], signals).map(({ at }) => at)
const way = (...steps: readonly string[]) => steps.map((name, index) => step(index * minute, name))

it("the second return to one step shows, once", () => {
  expect(times(...way("address", "payment", "address", "payment", "address"))).toEqual([4 * minute])
  expect(times(...way("address", "payment", "address", "review", "address", "payment", "address"))).toEqual([
    4 * minute,
  ])
})

it("going on, entering the same step again, or returning to several steps once is no struggle", () => {
  expect(times(...way("address", "payment", "review"))).toEqual([])
  expect(times(...way("address", "address", "address", "address"))).toEqual([])
  expect(times(...way("address", "payment", "address", "payment"))).toEqual([])
})

it("the second error shows", () => {
  expect(times(error(0), step(1, "payment"), error(10 * minute), error(10 * minute + 1))).toEqual([10 * minute])
  expect(times(error(0), error(10 * minute + 1))).toEqual([])
})

it("a finished checkout is forgotten", () => {
  expect(times(error(0), done(1), error(2))).toEqual([])
  expect(
    times(...way("address", "payment", "address"), done(3 * minute - 1), ...way("", "", "", "payment", "address")),
  ).toEqual([])
  expect(times(error(0), error(1), done(2), error(3), error(4))).toEqual([1, 4])
})

it("thresholds are configuration", () => {
  const quick = checkoutStruggle({ fact: { needsHelp: true }, returns: 1, errors: 1, within: "1m" })
  expect(runTells([quick], way("address", "payment", "review", "payment"))).toEqual([])
  expect(runTells([quick], [step(0, "a"), step(1, "b"), step(2, "a"), error(3)]).map(({ at }) => at)).toEqual([2, 3])
})
