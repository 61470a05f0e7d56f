import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { judge } from "../promises/judge.ts"
import { type FigureName, type Limit, limits } from "../promises/limits.ts"
import { parts, runPromises } from "../promises/run-promises.ts"
import type { Sizes } from "../promises/setup.ts"
import { percentile, slopeOf } from "../promises/spread.ts"

const names = Object.keys(limits) as FigureName[]
const bounded = names.filter((name) => "atMost" in limits[name] || "atLeast" in limits[name])
const outcomeOf = (name: FigureName, figure: number) =>
  judge({ soakMinutes: 60, [name]: figure }).find(({ what }) => what === limits[name].what)?.outcome

describe("a verdict", () => {
  it.each(bounded)("on %s holds at its limit and fails beyond it, and where nothing could be measured", (name) => {
    const { atMost, atLeast }: Limit = limits[name]
    const bound = atMost ?? atLeast ?? Number.NaN
    const worse = atMost === undefined ? -1 : 1
    expect(outcomeOf(name, bound)).toBe("holds")
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (beyond) => {
        expect(outcomeOf(name, bound + worse * beyond)).toBe("fails")
      }),
    )
    expect(outcomeOf(name, Number.NaN)).toBe("fails")
  })

  it("on the slope of a short soak is none, however good it looks", () => {
    const slopes = [1, 60].map((soakMinutes) => judge({ soakMinutes, soakSlope: 0.5 }).map(({ outcome }) => outcome))
    expect(slopes).toEqual([
      ["shown", "too short to judge"],
      ["shown", "holds"],
    ])
  })

  it("each promise has figures, and each part measures a promise", () => {
    expect([...new Set(names.map((name) => limits[name].promise))].sort()).toEqual(Object.keys(parts).sort())
  })
})

it("a percentile has its share of all at or below it; a slope is the line's own", () => {
  expect([0.5, 0.95, 1].map((share) => percentile([5, 1, 4, 2, 3], share))).toEqual([3, 5, 5])
  expect(percentile([], 0.5)).toBeNaN()
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer(), (slope, from) => {
      expect(slopeOf([0, 1, 2, 5].map((x) => [x, from + slope * x] as const))).toBeCloseTo(slope)
    }),
  )
})

const tiny: Sizes = {
  liveSeconds: 1,
  window: 300,
  stalledStreams: 4,
  stalledSayings: 1,
  untilCut: false,
  mails: false,
  overloadSeconds: 1,
  overloadRounds: 1,
  comparedReads: 5,
  neighbourSeconds: 1,
  signalsInFile: 2_000,
  soakMinutes: 0.03,
}

it("every part runs on the real service and measures its figures, of which those that count hold", async () => {
  const figures = await runPromises({ sizes: tiny })
  const leftOut: readonly FigureName[] = ["stalledCut", "hostileMail"]
  expect(Object.keys(figures).sort()).toEqual(names.filter((name) => !leftOut.includes(name)).sort())
  expect(figures).toMatchObject({
    resumeFaults: 0,
    replayFaults: 0,
    silentGaps: 0,
    revokedStatus: 0,
    overloadOdd: 0,
    foreignBytes: 0,
    secondAdmitted: 0,
    drainLost: 0,
  })
  expect(figures.resumes).toBeGreaterThan(0)
  expect(figures.drainAcked).toBeGreaterThan(0)
}, 240_000)
