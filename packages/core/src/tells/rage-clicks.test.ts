import { describe, expect, it } from "vitest"
import { rageClicks } from "./rage-clicks.ts"
import { runTells } from "./run-tells.ts"
import { happens } from "./story.fixture.ts"

const click = (at: number, target: string | number = "pay") =>
  happens(`c${at}`, at, { name: "click", data: { target } })
const tell = rageClicks({ fact: { frustration: 1 } })
const times = (...clicks: Parameters<typeof runTells>[1]) => runTells([tell], clicks).map(({ at }) => at)

describe("rage clicks", () => {
  it("three clicks on one target within two seconds are one inferred signal at the third", () => {
    expect(runTells([tell], [click(0), click(900), click(2_000)])).toEqual([
      {
        id: "tell-rage-clicks-c2000",
        at: 2_000,
        identity: { kind: "user", value: "ada" },
        authority: "inferred",
        channel: "web",
        source: "tellonce.tells",
        facts: { frustration: 1 },
      },
    ])
  })

  it("a burst shows once however long it goes on, and again after a pause", () => {
    expect(times(click(0), click(500), click(1_000), click(1_500), click(2_400), click(3_300))).toEqual([1_000])
    expect(times(click(0), click(1), click(2), click(9_000), click(9_001), click(9_002))).toEqual([2, 9_002])
  })

  it("a burst that slowed down and quickens shows again", () => {
    // At 3,900 the last three clicks span 2,900 ms: no rage; at 4,000 they span 1,600.
    expect(times(click(0), click(500), click(1_000), click(2_400), click(3_900), click(4_000))).toEqual([1_000, 4_000])
  })

  it("clicks on several targets, too slow, too few, or on nothing named are no rage", () => {
    expect(times(click(0), click(1, "a"), click(2))).toEqual([])
    expect(times(click(0), click(1_000), click(2_001))).toEqual([])
    expect(times(...[0, 1, 2].map((at) => happens(`c${at}`, at, { name: "click" })))).toEqual([])
    expect(times(...[0, 1, 2].map((at) => happens(`c${at}`, at, { name: "clack", data: { target: "pay" } })))).toEqual(
      [],
    )
  })

  it("thresholds, name and facts are the user's; facts may follow from what was found", () => {
    const own = rageClicks({ name: "tapping", clicks: 2, within: "1s", fact: ({ found }) => ({ stuckAt: found }) })
    expect(runTells([own], [click(0, 7), click(1_000, 7)])).toMatchObject([
      { id: "tell-tapping-c1000", facts: { stuckAt: ["7"] } },
    ])
    expect(() => rageClicks({ clicks: 0, fact: {} })).toThrow(expect.objectContaining({ code: "tell/times" }))
    expect(() => rageClicks({ name: "a b", fact: {} })).toThrow(expect.objectContaining({ code: "tell/name" }))
  })
})
