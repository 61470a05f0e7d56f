import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createManualClock } from "../bench.suite.ts"
import type { Failure } from "./answer.ts"
import { createOutages } from "./outages.ts"
import { createRetry } from "./retry.ts"
import { parseRetryAfter } from "./retry-after.ts"

const failure = (more: Partial<Failure> = {}): Failure => ({ ok: false, code: "x/y", message: "No.", ...more })

const setup = (chance: number) => {
  const clock = createManualClock()
  const reported: string[] = []
  const outages = createOutages({ report: ({ code }) => reported.push(code) })
  const make = () => createRetry({ sleep: clock.sleep, outages, chance: () => chance })
  return { clock, reported, make, retry: make() }
}

describe("when to try again", () => {
  it("a wait the service asks for is never shorter and at most a quarter longer", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, chance) => {
          const { clock, retry } = setup(chance)
          void retry.wait(failure({ status: 503, retryAfter: seconds * 1_000 }))
          const [wait = 0] = clock.sleepers()
          expect(wait).toBeGreaterThanOrEqual(seconds * 1_000)
          expect(wait).toBeLessThanOrEqual(Math.min(86_400_000, seconds * 1_250))
        },
      ),
    )
  })

  it("waits longer each time, to half a minute, and at once anew after a success", async () => {
    const { clock, retry } = setup(1)
    const waits: number[] = []
    for (let turn = 0; turn < 7; turn++) {
      const waiting = retry.wait(failure())
      waits.push(...clock.sleepers())
      clock.advance(30_000)
      await waiting
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    retry.succeeded()
    void retry.wait(failure())
    expect(clock.sleepers()).toEqual([1_000])
  })

  it.each([401, 403, 404, 410])("a %i is tried no more than twice a minute from the first time on", (status) => {
    const { clock, retry } = setup(0)
    void retry.wait(failure({ status }))
    expect(clock.sleepers()).toEqual([30_000])
  })

  it.each(["hurry", "nudge"] as const)(
    "%s ends a wait of our own, and not one that the service asked for",
    async (end) => {
      const { clock, retry } = setup(0)
      const own = retry.wait(failure())
      expect(retry[end]()).not.toBe(false)
      await own
      void retry.wait(failure({ retryAfter: 5_000 }))
      expect(retry[end]()).not.toBe(true)
      expect(clock.sleepers()).toEqual([5_000])
    },
  )

  it("a nudge that comes while a try is about to fail repeats it at once, and no later one", async () => {
    const { clock, retry } = setup(0)
    retry.nudge()
    await retry.wait(failure())
    void retry.wait(failure())
    expect(clock.sleepers()).toHaveLength(1)
  })

  it.each([
    { what: "the service asks to wait", failing: failure({ retryAfter: 5_000 }) },
    { what: "the service refuses", failing: failure({ status: 403 }) },
    { what: "it came before the try began", failing: failure(), forgotten: true },
  ])("such a nudge changes nothing where $what", ({ failing, forgotten }) => {
    const { clock, retry } = setup(0)
    retry.nudge()
    if (forgotten) retry.forget()
    void retry.wait(failing)
    expect(clock.sleepers()).toHaveLength(1)
  })

  it("an outage is reported once, however many run into it, and again when it comes back", async () => {
    const { reported, retry, make } = setup(0)
    const other = make()
    void retry.wait(failure())
    void other.wait(failure())
    void retry.wait(failure())
    expect(reported).toEqual(["x/y"])
    retry.succeeded()
    other.succeeded()
    void other.wait(failure())
    expect(reported).toEqual(["x/y", "x/y"])
  })
})

describe("Retry-After", () => {
  const now = Date.parse("2026-11-22T20:00:00Z")
  it.each([
    ["2", 2_000],
    ["Sun, 22 Nov 2026 20:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 19:00:00 GMT", undefined],
    ["0", undefined],
    ["", undefined],
    ["soon", undefined],
    [null, undefined],
  ])("%s asks for %s ms", (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait)
  })
})
