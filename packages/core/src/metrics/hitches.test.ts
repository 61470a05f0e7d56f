import { describe, expect, it } from "vitest"
import { toHistory } from "./history.ts"
import { hitches } from "./hitches.ts"
import { asks, type Line, logOf, shop } from "./log.fixture.ts"
import { toRate } from "./rate.ts"

const casesOf = (lines: readonly Line[]) => hitches(toHistory(logOf(lines), shop))
const rate = (lines: readonly Line[]) => toRate(casesOf(lines))

const handed = (at: number, handoff: string, matter?: string): Line => ({
  at,
  matter,
  authority: "bot",
  event: { name: "handed", handoff, to: "desk", reason: "angry", fields: ["fullName", "orderNumber"] },
})
const replied = (at: number, handoff: string, name: "taken" | "declined", more: Partial<Line> = {}): Line => ({
  at,
  authority: "agent",
  channel: "phone",
  event: { name, handoff },
  ...more,
})

describe("hitch rate", () => {
  it("counts accepted handoffs after which a briefed field was asked: 1 of 3", () => {
    const lines = [
      ...[handed(1, "h1", "a"), replied(2, "h1", "taken"), asks(3, ["orderNumber"], { matter: "a" })], // asked again
      ...[handed(4, "h2", "b"), replied(5, "h2", "taken"), asks(6, ["mood"], { matter: "b" })], // was not in the brief
      ...[handed(7, "h3", "c"), asks(8, ["fullName"], { matter: "c" }), replied(9, "h3", "taken")], // asked before it was taken
      ...[handed(10, "h4", "d"), replied(11, "h4", "declined"), asks(12, ["fullName"], { matter: "d" })], // not accepted
      handed(13, "h5", "e"), // not answered
      replied(14, "h6", "taken"), // never handed
    ]
    expect(rate(lines)).toEqual({ count: 1, of: 3, rate: 1 / 3 })
  })

  it("the newest reply stands", () => {
    const given = [handed(1, "h", "a"), replied(2, "h", "taken"), asks(4, ["fullName"], { matter: "a" })]
    expect(rate([...given, replied(3, "h", "declined")])).toMatchObject({ count: 0, of: 0 })
    expect(rate([...given, replied(3, "h", "declined"), replied(3.5, "h", "taken")])).toMatchObject({ count: 1, of: 1 })
  })

  it("a question in another matter or to another customer is no hitch, one outside of matters is", () => {
    const taken = [handed(1, "h", "a"), replied(2, "h", "taken")]
    const bee = { identity: { kind: "user", value: "bee" } }
    expect(rate([...taken, asks(3, ["fullName"], { matter: "b" })]).count).toBe(0)
    expect(rate([...taken, asks(3, ["fullName"], bee)]).count).toBe(0)
    expect(rate([...taken, asks(3, ["fullName"])]).count).toBe(1)
  })

  it("counts for the channel it was taken in and for who took it, else whom it was handed to", () => {
    const by = (more?: Partial<Line>) => casesOf([handed(1, "h"), replied(2, "h", "taken", more)])
    expect(by({ speaker: "bo" })).toMatchObject([{ channels: ["phone"], agents: ["bo"] }])
    expect(by()).toMatchObject([{ channels: ["phone"], agents: ["desk"] }])
  })

  it("no handoffs, no rate", () => {
    expect(rate([])).toEqual({ count: 0, of: 0, rate: undefined })
  })
})
