import { compareText } from "@tellonce/core"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { effectiveTimes } from "./effective-times.ts"

const received = Date.UTC(2026, 5, 1)
const claim = (at: number, id = "x", source = "page") => ({ at, id, source })
const timesOf = (ats: readonly number[], sentAt?: number) =>
  effectiveTimes(
    ats.map((at, index) => claim(at, `id-${String(index).padStart(3, "0")}`)),
    { received, sentAt },
  )

describe("the time a signal counts with", () => {
  it("is what is claimed, where the claim can be true", () => {
    expect(timesOf([received - 5_000, received - 86_400_000, received])).toEqual([
      received - 5_000,
      received - 86_400_000,
      received,
    ])
  })

  it("is the receipt for a device in 2035", () => expect(timesOf([Date.UTC(2035, 0)])).toEqual([received]))

  it("moves by what the sender's clock is wrong, above 30 s", () => {
    const wrong = [Date.UTC(1970, 0, 2), Date.UTC(2035, 0), received - 600_000, received + 600_000]
    for (const sentAt of wrong) {
      expect(timesOf([sentAt - 9_000, sentAt - 2_000], sentAt)).toEqual([received - 9_000, received - 2_000])
    }
  })

  it.each([-30_000, -1_000, 1_000, 30_000])("stays as claimed when sentAt is %i ms off: that is the network", (off) => {
    expect(timesOf([received - 90_000, received - 80_000], received + off)).toEqual([
      received - 90_000,
      received - 80_000,
    ])
  })

  it("orders what claims the future by its place in the batch, whatever the clock did in between", () => {
    const [first, second, third] = timesOf([Date.UTC(2035, 0), Date.UTC(2034, 0), received - 1_000])
    expect([first, second, third]).toEqual([received - 1_000, received - 1_000, received - 1_000])
  })

  it("one record with a wrong year moves none of the others", () => {
    const history = [received - 3_000, received - 2_000, received - 1_000]
    expect(timesOf([...history, Date.UTC(2035, 0)])).toEqual([...history, received])
    expect(timesOf([Date.UTC(2035, 0), ...history]).slice(1)).toEqual(history)
    expect(timesOf([Date.UTC(2035, 0), 1_000])).toEqual([received, 1_000])
    const unordered = [received - 1_000, Date.UTC(2035, 0), received - 5_000]
    expect(timesOf(unordered)).toEqual([received - 1_000, received - 5_000, received - 5_000])
  })
})

describe("laws", () => {
  const ids = fc.string({ minLength: 1, maxLength: 3 })
  const sources = fc.constantFrom("a", "b")
  const near = fc.integer({ min: -100_000, max: 100_000 }).map((off) => received + off)
  const any = fc.oneof(near, fc.integer({ min: 0, max: 2 * received }))
  const batches = fc.array(fc.record({ at: any, id: ids, source: sources }), { maxLength: 30 })
  const sent = fc.option(any, { nil: undefined })

  it("nothing counts later than its receipt", () => {
    fc.assert(
      fc.property(batches, sent, (claims, sentAt) => {
        for (const at of effectiveTimes(claims, { received, sentAt })) expect(at).toBeLessThanOrEqual(received)
      }),
      { numRuns: 2_000 },
    )
  })

  it("of one writer's rising claims none gets an earlier time than the one before it", () => {
    fc.assert(
      fc.property(batches, sent, (unordered, sentAt) => {
        const claims = [...unordered].sort((a, b) => a.at - b.at)
        const times = effectiveTimes(claims, { received, sentAt })
        for (const source of ["a", "b"]) {
          const own = times.filter((_at, index) => claims[index]?.source === source)
          expect(own).toEqual([...own].sort((a, b) => a - b))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it("of one writer's claims of the future the later in the batch wins, whatever their ids are", () => {
    fc.assert(
      fc.property(fc.uniqueArray(ids, { minLength: 2, maxLength: 20 }), (names) => {
        const claims = names.map((id, index) => claim(received + 10_000 - index, id))
        const times = effectiveTimes(claims, { received })
        const stamps = claims.map(({ id }, index) => ({ id, at: times[index] ?? 0 }))
        const byStamp = [...stamps].sort((a, b) => a.at - b.at || compareText(a.id, b.id))
        expect(byStamp).toEqual(stamps)
      }),
      { numRuns: 1_000 },
    )
  })

  it("a signal of one writer never depends on those of another", () => {
    fc.assert(
      fc.property(batches, sent, (claims, sentAt) => {
        const together = effectiveTimes(claims, { received, sentAt })
        const alone = claims.filter(({ source }) => source === "a")
        expect(together.filter((_at, index) => claims[index]?.source === "a")).toEqual(
          effectiveTimes(alone, { received, sentAt }),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})
