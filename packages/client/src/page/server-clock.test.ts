import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createManualClock } from "../bench.suite.ts"
import { createServerClock } from "./server-clock.ts"

const step = fc.oneof(
  fc.record({ does: fc.constant("advance" as const), ms: fc.integer({ min: 0, max: 100_000 }) }),
  fc.record({ does: fc.constant("jump" as const), ms: fc.integer({ min: -1e11, max: 1e11 }) }),
  fc.record({ does: fc.constant("learn" as const), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
)

describe("the service's time", () => {
  it("stamps never go back, however the wall clock jumps and whatever later answers say", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const machine = createManualClock()
        const clock = createServerClock(machine)
        clock.learn(machine.wall())
        let last = clock.stamp()
        for (const { does, ms } of steps) {
          if (does === "learn") clock.learn(Math.max(0, clock.now() + ms))
          else machine[does](ms)
          const stamp = clock.stamp()
          expect(stamp).toBeGreaterThanOrEqual(last)
          expect(Number.isInteger(stamp)).toBe(true)
          last = stamp
        }
      }),
    )
  })

  it("runs with the monotonic clock from the last answer on", () => {
    const machine = createManualClock()
    const clock = createServerClock(machine)
    clock.learn(5_000)
    machine.jump(3_600_000)
    machine.advance(250)
    expect(clock.now()).toBe(5_250)
  })

  it("says once by how much the wall clock was wrong, and takes the stamps along", () => {
    const machine = createManualClock(1_000_000)
    const clock = createServerClock(machine)
    expect(clock.stamp()).toBe(1_000_000)
    expect(clock.learn(400_000)).toBe(-600_000)
    expect(clock.stamp()).toBe(400_000)
    expect(clock.learn(500_000)).toBe(0)
  })

  it.each([undefined, null, "soon", Number.NaN, Number.POSITIVE_INFINITY, -1])(
    "is not told the time by %s",
    (garbage) => {
      const machine = createManualClock()
      const clock = createServerClock(machine)
      expect(clock.learn(garbage)).toBe(0)
      expect(clock.now()).toBe(machine.wall())
    },
  )
})
