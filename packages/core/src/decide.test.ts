import { describe, expect, it } from "vitest"
import { decide, defineActions } from "./decide.ts"
import { hour, minute, said, seenAt, type shop } from "./histories.suite.ts"
import type { View } from "./view.ts"

type ShopView = View<typeof shop.fields>

const actions = defineActions({
  promotion: {
    fails: "closed",
    policies: [
      (seen: ShopView) =>
        seen.intent.value === "return" ? { reason: "A return is open.", change: "The return is settled." } : undefined,
    ],
  },
  statusMail: { fails: "open" },
})

const hold = (at: number, rest: object = {}) =>
  said(at, {
    authority: "agent",
    event: { name: "held", hold: "h1", action: "promotion", reason: "Complaint open", owner: "desk-1", ...rest },
  })

describe("decide", () => {
  it("allows what nothing stands against", () => {
    expect(decide(actions, "promotion", seenAt(0, []))).toEqual({ allowed: true, objections: [], until: undefined })
  })

  it("a policy denies, with its reason and what would change it", () => {
    const seen = seenAt(0, [said(0, { facts: { intent: "return" } })])
    expect(decide(actions, "promotion", seen)).toEqual({
      allowed: false,
      objections: [{ by: "policy", reason: "A return is open.", change: "The return is settled." }],
      until: undefined,
    })
  })

  it("a hold denies the action it names until its end, and no other", () => {
    const signals = [hold(0, { until: hour })]
    const denied = decide(actions, "promotion", seenAt(minute, signals))
    expect(denied).toMatchObject({ allowed: false, until: hour, objections: [{ by: "hold", owner: "desk-1" }] })
    expect(decide(actions, "statusMail", seenAt(minute, signals)).allowed).toBe(true)
    expect(decide(actions, "promotion", seenAt(hour, signals)).allowed).toBe(true)
  })

  it("a hold on * stands against every action; a release ends it, in whatever order they arrive", () => {
    const held = hold(0, { action: "*" })
    const released = said(minute, { authority: "agent", event: { name: "released", hold: "h1" } })
    expect(decide(actions, "statusMail", seenAt(minute, [held])).allowed).toBe(false)
    expect(decide(actions, "statusMail", seenAt(2 * minute, [released, held])).allowed).toBe(true)
    expect(decide(actions, "statusMail", seenAt(2 * minute, [released, held, hold(3 * minute)])).allowed).toBe(true)
  })

  it("says until when only if everything that stands against it ends by itself", () => {
    const open = [hold(0, { until: hour }), hold(0, { hold: "h2" })]
    expect(decide(actions, "promotion", seenAt(0, open)).until).toBeUndefined()
    const ending = [hold(0, { until: hour }), hold(0, { hold: "h2", until: 2 * hour })]
    expect(decide(actions, "promotion", seenAt(0, ending)).until).toBe(2 * hour)
  })

  it("without a context each action fails as it declares, and what is not declared is denied", () => {
    expect(decide(actions, "statusMail", undefined).allowed).toBe(true)
    expect(decide(actions, "promotion", undefined)).toMatchObject({
      allowed: false,
      objections: [{ by: "unreachable" }],
    })
    for (const name of ["refund", "constructor", "__proto__"]) {
      expect(decide(actions, name as "promotion", seenAt(0, []))).toMatchObject({
        allowed: false,
        objections: [{ by: "undeclared" }],
      })
    }
  })
})
