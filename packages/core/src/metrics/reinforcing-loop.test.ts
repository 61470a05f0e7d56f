import { describe, expect, it } from "vitest"
import { contacts } from "./contacts.ts"
import { toHistory } from "./history.ts"
import { answers, hour, type Line, logOf, shop, writes } from "./log.fixture.ts"
import { reinforcingLoop } from "./reinforcing-loop.ts"

const loopOf = (lines: readonly Line[], length = hour) => {
  const { signals, threads } = toHistory(logOf(lines), shop)
  return reinforcingLoop({ signals, contacts: [...threads.values()].flatMap((thread) => contacts(thread, 0)) }, length)
}
/** Each hour: the lag of its slowest signal, and how many customers wrote. */
const hours = (...each: readonly (readonly [lag: number, written: number])[]): readonly Line[] =>
  each.flatMap(([lag, written], index) => [
    answers(index * hour, undefined, { lag }),
    ...Array.from({ length: written }, (_, turn) => writes(index * hour + turn + 1)),
  ])

describe("reinforcing loop", () => {
  it("reports each window that heard something", () => {
    expect(loopOf([...hours([10, 1], [20, 2]), writes(5 * hour + 1, undefined, { lag: 40 })]).windows).toEqual([
      { from: 0, lagP95: 10, contacts: 1 },
      { from: hour, lagP95: 20, contacts: 2 },
      { from: 5 * hour, lagP95: 40, contacts: 1 },
    ])
  })

  it("closes when a rise of lag is followed by a rise of contacts and that by a rise of lag", () => {
    expect(loopOf(hours([10, 1], [20, 1], [20, 3], [30, 3]))).toMatchObject({
      loops: 1,
      score: { count: 1, of: 1, rate: 1 },
    })
  })

  it("a circle that goes on closes with each further window: 2 in five rising windows", () => {
    expect(loopOf(hours([10, 1], [20, 2], [30, 3], [40, 4], [50, 5]))).toMatchObject({
      loops: 2,
      score: { count: 2, of: 2, rate: 1 },
    })
  })

  it("late answers that no contacts follow, and contacts that no later answers follow, are no circle", () => {
    const idle = { loops: 0, score: { count: 0, of: 1, rate: 0 } }
    expect(loopOf(hours([10, 2], [20, 2], [20, 2], [30, 2]))).toMatchObject(idle)
    expect(loopOf(hours([10, 1], [20, 1], [20, 3], [20, 3]))).toMatchObject(idle)
    expect(loopOf(hours([20, 1], [20, 2], [20, 3], [20, 4]))).toMatchObject({ loops: 0, score: { of: 0 } })
  })

  it("windows with a pause between them are not successive", () => {
    const rising = hours([10, 1], [20, 2], [30, 3], [40, 4])
    const torn = rising.map((line) => (line.at < 2 * hour ? line : { ...line, at: line.at + hour }))
    expect(loopOf(rising).loops).toBe(1)
    expect(loopOf(torn)).toMatchObject({ loops: 0, score: { of: 0, rate: undefined } })
  })

  it("a window without a length is a mistake of the caller", () => {
    expect(() => loopOf([], 0)).toThrow(expect.objectContaining({ code: "metrics/window" }))
  })
})
