import { applySignals, decide, defineActions, defineContext, emptyContext, type Signal, view } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { toPromotion } from "./to-promotion.ts"

const mail = {
  from: { address: "support@acme.example" },
  to: { address: "ada@example.com" },
  subject: "Sale",
  text: "Half price.",
}
const customer = { kind: "user", value: "u-1" }

describe("a promotion", () => {
  const shop = defineContext({ name: "acme", version: 1, fields: {} })
  const actions = defineActions({ promote: { fails: "closed" } })
  const hold: Signal = {
    id: "h1",
    at: 1,
    identity: customer,
    authority: "agent",
    channel: "crm",
    source: "desk",
    event: {
      name: "held",
      hold: "complaint",
      action: "promote",
      reason: "A complaint is open.",
      owner: "Bo",
      until: 100,
    },
  }
  const decision = (signals: readonly Signal[], now: number) =>
    decide(actions, "promote", view(applySignals(emptyContext(shop), signals), { now }))
  const unsubscribe = "https://acme.example/unsubscribe?t=1"

  it("is held while something stands against it, and says what, until when, and what would end it", () => {
    expect(toPromotion(mail, { decision: decision([hold], 50), unsubscribe })).toEqual({
      held: true,
      reasons: ['A complaint is open. Bo releases the hold "complaint".'],
      until: 100,
    })
    expect(toPromotion(mail, { decision: decide(actions, "promote", undefined), unsubscribe })).toMatchObject({
      held: true,
    })
  })

  it("may go out when nothing does, written by a program and with one click to unsubscribe", () => {
    expect(toPromotion(mail, { decision: decision([hold], 100), unsubscribe })).toMatchObject({
      held: false,
      message: { headers: { "Auto-Submitted": "auto-generated", "List-Unsubscribe": `<${unsubscribe}>` } },
    })
  })

  it.each(["http://acme.example/out", "mailto:out@acme.example", "", "javascript:alert(1)"])(
    "never goes out with %j to unsubscribe at",
    (address) => {
      const options = { decision: decision([], 1), unsubscribe: address }
      expect(() => toPromotion(mail, options)).toThrow(expect.objectContaining({ code: "mail/unsubscribe" }))
    },
  )
})
