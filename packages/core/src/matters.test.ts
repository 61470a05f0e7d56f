import { describe, expect, it } from "vitest"
import { acceptOffer } from "./accept-offer.ts"
import { ask } from "./ask.ts"
import { contextOf, minute, said, seenAt } from "./histories.suite.ts"
import type { Signal } from "./signal.ts"

const opened = said(0, { matter: "return-1", event: { name: "opened", kind: "return", title: "Broken blender" } })
const number = said(minute, { matter: "return-1", facts: { orderNumber: "A-1" } })
const closed = said(2 * minute, { matter: "return-1", event: { name: "closed", outcome: "refunded" } })

describe("matters", () => {
  it("open and close, whatever order their signals arrive in", () => {
    expect(seenAt(minute, [opened]).$.matters).toEqual([
      { matter: "return-1", state: "open", kind: "return", title: "Broken blender", openedAt: 0 },
    ])
    for (const history of [
      [opened, closed],
      [closed, opened],
    ]) {
      expect(seenAt(3 * minute, history).$.matters).toEqual([
        {
          matter: "return-1",
          state: "closed",
          kind: "return",
          title: "Broken blender",
          outcome: "refunded",
          openedAt: 0,
          closedAt: 2 * minute,
        },
      ])
    }
  })

  it("the facts of a closed matter retire, and are asked anew in another one", () => {
    const history = [opened, number, closed]
    expect(seenAt(3 * minute, [opened, number]).orderNumber).toMatchObject({ state: "fresh", value: "A-1" })
    expect(seenAt(3 * minute, history).orderNumber.state).toBe("expired")
    expect(seenAt(3 * minute, history, { matter: "return-1" }).orderNumber).toMatchObject({ value: "A-1" })
    expect(
      ask(contextOf(...history), ["orderNumber"], { now: 3 * minute, matter: "return-2" }).orderNumber.answer,
    ).toBe("ask")
  })

  it("opened again, it is open, and what was said in it counts again from then on", () => {
    const again = [opened, number, closed, said(3 * minute, { matter: "return-1", event: { name: "opened" } })]
    expect(seenAt(4 * minute, again).$.matters[0]?.state).toBe("open")
    expect(seenAt(4 * minute, again).orderNumber.value).toBe("A-1")
  })
})

describe("offers", () => {
  const offer = said(0, {
    authority: "bot",
    matter: "return-1",
    event: { name: "offered", facts: { intent: "buy", loyalty: "gold" } },
  })
  const yes = (fields?: readonly string[]): Signal => ({
    ...said(minute),
    ...acceptOffer(offer, { channel: "web-chat", event: { name: "message", text: "Yes, please." } }, fields),
  })

  it("a mere offer is no fact", () => {
    const seen = seenAt(minute, [offer])
    expect([seen.intent.state, seen.loyalty.state]).toEqual(["unknown", "unknown"])
  })

  it("what the customer accepts is theirs, the whole or a part", () => {
    expect(seenAt(2 * minute, [offer, yes()]).loyalty).toMatchObject({
      state: "fresh",
      value: "gold",
      authority: "customer",
    })
    const part = seenAt(2 * minute, [offer, yes(["intent"])])
    expect([part.intent.value, part.loyalty.state]).toEqual(["buy", "unknown"])
    expect(yes().event).toEqual({ name: "accepted", offer: offer.id })
  })

  it("what offers nothing cannot be accepted", () => {
    expect(acceptOffer(number, { channel: "web-chat" })).toBeUndefined()
  })
})

describe("what a viewer may read", () => {
  it("the rest is withheld, and cannot be taken for unknown", () => {
    const seen = seenAt(minute, [said(0, { facts: { intent: "buy", loyalty: "gold" } })], {
      reads: new Set(["intent"]),
    })
    expect(seen.intent.value).toBe("buy")
    expect(seen.loyalty).toEqual({ state: "withheld" })
  })

  it("a question that needs it newer sees it stale", () => {
    const history = [said(0, { facts: { loyalty: "gold" } })]
    expect(seenAt(minute, history, { maxAge: minute }).loyalty.state).toBe("fresh")
    expect(seenAt(minute + 1, history, { maxAge: minute }).loyalty.state).toBe("stale")
  })
})
