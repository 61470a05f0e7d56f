import { describe, expect, it } from "vitest"
import { toHistory } from "./history.ts"
import { asks, closes, day, hour, type Line, logOf, minute, opens, shop } from "./log.fixture.ts"
import { toRate } from "./rate.ts"
import { type RepeatedQuestionsOptions, repeatedQuestions } from "./repeated-questions.ts"

const casesOf = (lines: readonly Line[], options?: RepeatedQuestionsOptions) =>
  repeatedQuestions(toHistory(logOf(lines), shop), options)
const rate = (lines: readonly Line[], options?: RepeatedQuestionsOptions) => toRate(casesOf(lines, options))

const ada = { kind: "user", value: "ada" }
const visitor = { kind: "anonymous", value: "v1" }
const says = (at: number, facts: Readonly<Record<string, unknown>>, more: Partial<Line> = {}): Line => ({
  at,
  facts,
  ...more,
})

describe("repeated-question rate", () => {
  it("counts each asked field, and those the guard would have skipped: 2 of 5", () => {
    const lines = [
      asks(0, ["fullName", "orderNumber"], { matter: "return" }), // neither is known: 0 of 2
      says(1 * minute, { fullName: "Ada", orderNumber: "A-1" }, { matter: "return" }),
      asks(2 * minute, ["orderNumber"], { matter: "return", channel: "phone", authority: "agent", speaker: "bo" }), // known: 1 of 1
      asks(3 * minute, ["orderNumber"], { matter: "booking" }), // of another matter, to be confirmed: 0 of 1
      asks(4 * minute, ["fullName"], { matter: "booking" }), // of the person: 1 of 1
    ]
    expect(rate(lines)).toEqual({ count: 2, of: 5, rate: 0.4 })
    expect(casesOf(lines).filter(({ count }) => count > 0)).toMatchObject([
      { channels: ["phone"], agents: ["bo"] },
      { channels: ["web-chat"], agents: [] },
    ])
  })

  it("what has gone stale may be asked again", () => {
    const mood = says(0, { mood: "calm" })
    expect(rate([mood, asks(29 * minute, ["mood"])])).toMatchObject({ count: 1, of: 1 })
    expect(rate([mood, asks(30 * minute, ["mood"])])).toMatchObject({ count: 0, of: 1 })
  })

  it("what was forgotten, or said in a matter that is settled, may be asked again", () => {
    const named = says(0, { fullName: "Ada" })
    expect(rate([named, { at: 1, cleared: ["fullName"] }, asks(2, ["fullName"])])).toMatchObject({ count: 0, of: 1 })
    const settled = [opens(0, "a"), says(1, { orderNumber: "A-1" }, { matter: "a" }), closes(2, "a")]
    expect(rate([...settled, asks(3, ["orderNumber"], { matter: "b" })])).toMatchObject({ count: 0, of: 1 })
  })

  it("through a link that stood then, and not through one made later, broken before, or only claimed", () => {
    const link = (at: number, proof: "verified" | "claimed"): Line => ({
      at,
      identity: visitor,
      event: { name: "linked", to: ada, proof },
    })
    const unlink: Line = { at: 5, identity: ada, event: { name: "unlinked", to: visitor } }
    const said = says(1, { fullName: "Ada" }, { identity: visitor })
    const asked = asks(9, ["fullName"], { identity: ada })
    expect(rate([said, link(2, "verified"), asked]).count).toBe(1)
    expect(rate([said, asked, link(10, "verified")]).count).toBe(0)
    expect(rate([said, link(2, "verified"), unlink, asked]).count).toBe(0)
    expect(rate([said, link(2, "claimed"), asked]).count).toBe(0)
  })

  it("a field the asker may not read is no repetition", () => {
    const lines = [says(0, { fullName: "Ada" }), asks(hour, ["fullName"], { speaker: "marketing" })]
    const reads = ({ speaker }: { speaker?: string | undefined }) =>
      speaker === "marketing" ? new Set(["mood"]) : undefined
    expect(rate(lines, { reads }).count).toBe(0)
    expect(rate(lines, { reads: () => undefined }).count).toBe(1)
  })

  it("a field named twice in one ask is asked once; one that no definition declares is asked and never known", () => {
    const lines = [says(0, { fullName: "Ada" }), asks(day, ["fullName", "fullName", "__proto__", "shoeSize"])]
    expect(rate(lines)).toEqual({ count: 1, of: 3, rate: 1 / 3 })
  })

  it("no asks, no rate", () => {
    expect(rate([says(0, { fullName: "Ada" })])).toEqual({ count: 0, of: 0, rate: undefined })
  })
})
