import { describe, expect, it } from "vitest"
import { toHistory } from "./history.ts"
import { answers, asks, closes, type Line, logOf, minute, opens, shop, tells, writes } from "./log.fixture.ts"
import { toRate } from "./rate.ts"
import { serviceMetrics } from "./service-metrics.ts"
import { silence } from "./silence.ts"

const rate = (lines: readonly Line[]) => serviceMetrics(logOf(lines), shop).overall.silence
const settled = (matter: string, ...between: readonly Line[]): readonly Line[] => [
  opens(0, matter),
  writes(1, matter, { facts: { orderNumber: "A-1" } }),
  answers(2, matter),
  ...between.map((line) => ({ ...line, matter })),
  closes(90, matter),
]
const handover: readonly Line[] = [
  { at: 5, authority: "bot", event: { name: "handed", handoff: "h", to: "desk", reason: "angry", fields: ["mood"] } },
  { at: 6, authority: "agent", event: { name: "taken", handoff: "h" } },
]

describe("silence", () => {
  it("a settled matter is silent unless it was taken up again, repeated a question, hitched or conflicted: 1 of 5", () => {
    const lines = [
      ...settled("silent"),
      ...settled("again", writes(3)),
      ...settled("repeated", asks(3, ["orderNumber"])),
      ...settled("hitched", ...handover, asks(7, ["mood"])),
      ...settled("conflicting", tells(3, { orderStatus: "sent" }), tells(4, { orderStatus: "lost" })),
    ]
    expect(rate(lines)).toEqual({ count: 1, of: 5, rate: 0.2 })
  })

  it("an open question, a handoff that went well and one answer told twice leave it silent", () => {
    const told = tells(8, { orderStatus: "sent" })
    expect(rate(settled("a", asks(3, ["mood"]), ...handover, told, { ...told, at: 9 }))).toMatchObject({ count: 1 })
  })

  it("counts over settled matters only: not the open, nor the opened again", () => {
    expect(rate([opens(0, "a"), writes(1, "a")])).toEqual({ count: 0, of: 0, rate: undefined })
    expect(rate([...settled("a"), opens(91, "a")])).toMatchObject({ of: 0 })
    expect(rate([...settled("a"), opens(90, "a")])).toMatchObject({ of: 1 })
    expect(rate([closes(5, "a")])).toEqual({ count: 0, of: 1, rate: 0 })
  })

  it("with a gap, one chat of several turns is one contact", () => {
    const history = toHistory(logOf(settled("a", writes(3), answers(4), writes(5))), shop)
    expect(toRate(silence(history, { disturbances: [] })).count).toBe(0)
    expect(toRate(silence(history, { disturbances: [], contactGap: minute })).count).toBe(1)
  })
})
