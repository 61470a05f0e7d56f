import { describe, expect, it } from "vitest"
import { toHistory } from "./history.ts"
import { answers, day, type Line, logOf, minute, shop, tells, writes } from "./log.fixture.ts"
import { toRate } from "./rate.ts"
import { recontacts } from "./recontacts.ts"

const rate = (lines: readonly Line[], gap?: number) => toRate(recontacts(toHistory(logOf(lines), shop), gap))
const bee = { identity: { kind: "user", value: "bee" } }

describe("re-contact rate", () => {
  it("counts matters taken up again within 7 days of the answer: 2 of 5", () => {
    const lines = [
      ...[writes(0, "a"), answers(day, "a"), writes(8 * day, "a")], // exactly 7 days after the answer: counts
      ...[writes(0, "b"), answers(day, "b"), writes(8 * day + 1, "b")], // a millisecond later: does not
      ...[writes(0, "c"), writes(day, "c")], // never answered
      ...[writes(0, "d"), tells(1, { orderStatus: "sent" }, { matter: "d" }), writes(2, "d"), writes(3, "d")], // once per matter
      ...[answers(0, "e"), writes(1, "e")], // what came before the first contact answered nothing
    ]
    expect(rate(lines)).toEqual({ count: 2, of: 5, rate: 0.4 })
  })

  it("the same name of a matter is another matter for another customer, and one for linked identities", () => {
    const lines = [writes(0, "a"), answers(1, "a"), writes(2, "a", bee)]
    expect(rate(lines)).toEqual({ count: 0, of: 2, rate: 0 })
    const link: Line = { at: 9, event: { name: "linked", to: bee.identity, proof: "verified" } }
    expect(rate([...lines, link])).toEqual({ count: 1, of: 1, rate: 1 })
  })

  it("a matter nobody wrote in, and what was said outside of matters, is not counted over", () => {
    expect(rate([answers(0, "a"), writes(1), answers(2), writes(3)])).toEqual({ count: 0, of: 0, rate: undefined })
  })

  it("with a gap, the turns of one chat are one contact", () => {
    const chat = [writes(0, "a"), answers(1 * minute, "a"), writes(2 * minute, "a"), answers(3 * minute, "a")]
    expect(rate(chat)).toMatchObject({ count: 1, of: 1 })
    expect(rate(chat, 30 * minute)).toMatchObject({ count: 0, of: 1 })
    expect(rate([...chat, writes(32 * minute, "a")], 30 * minute)).toMatchObject({ count: 1, of: 1 })
  })

  it("counts for every channel the matter was spoken in, every agent who spoke and every owner of a hold", () => {
    const held = { name: "held", hold: "h", action: "promote", reason: "complaint", owner: "care" } as const
    const lines = [
      writes(0, "a"),
      answers(1, "a", { channel: "email" }),
      { at: 2, matter: "a", authority: "record", channel: "crm", event: held } as const,
      writes(3, "a", { channel: "phone" }),
    ]
    expect(recontacts(toHistory(logOf(lines), shop))).toEqual([
      {
        count: 1,
        thread: '["user:ada","a"]',
        channels: ["web-chat", "email", "phone"],
        agents: ["bo"],
        owners: ["care"],
      },
    ])
  })
})
