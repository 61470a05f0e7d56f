import { describe, expect, expectTypeOf, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { emptyContext } from "./context.ts"
import { defineContext, type FactsOf } from "./define-context.ts"
import { count } from "./rules/count.ts"
import { latest } from "./rules/latest.ts"
import { recent } from "./rules/recent.ts"
import { score } from "./rules/score.ts"
import { set } from "./rules/set.ts"
import type { Signal } from "./signal.ts"
import { view } from "./view.ts"

const minute = 60_000
const hour = 60 * minute

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    intent: latest(z.enum(["browse", "buy", "return"]), { freshFor: "30m", keepFor: "1d" }),
    orderStatus: latest(z.string(), { freshFor: "1h", authority: ["record", "agent"] }),
    orderNumber: latest(z.string(), { scope: "matter" }),
    viewed: recent(z.string(), { keep: 2 }),
    tags: set(z.string()),
    frustration: score({ halfLife: "10m" }),
    errors: count({ window: "10m" }),
  },
})

let ids = 0
const said = (at: number, facts: Signal["facts"], rest: Partial<Signal> = {}): Signal => ({
  id: `s${ids++}`,
  at,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  facts,
  ...rest,
})

const seen = (signals: readonly Signal[], now: number, matter?: string) =>
  view(applySignals(emptyContext(shop), signals), { now, matter })

describe("freshness", () => {
  it("a value carries its age, authority, channel and source", () => {
    expect(seen([said(1_000, { intent: "return" })], 61_000).intent).toEqual({
      state: "fresh",
      value: "return",
      at: 1_000,
      age: minute,
      authority: "customer",
      channel: "web-chat",
      source: "page",
    })
  })

  it("what was never said is unknown; what was said grows stale, then expires and is no longer served", () => {
    const history = [said(0, { intent: "buy" })]
    expect(seen([], 0).intent).toEqual({ state: "unknown" })
    expect(seen(history, 30 * minute - 1).intent).toMatchObject({ state: "fresh", value: "buy" })
    expect(seen(history, 30 * minute).intent).toMatchObject({ state: "stale", value: "buy" })
    const expired = seen(history, 24 * hour).intent
    expect(expired).toMatchObject({ state: "expired", at: 0, channel: "web-chat" })
    expect(expired).not.toHaveProperty("value")
  })

  it("a clock behind the signal's gives age zero, never a negative one", () => {
    expect(seen([said(5_000, { intent: "buy" })], 0).intent).toMatchObject({ age: 0, state: "fresh" })
  })

  it("cleared is unknown, and yields to what is said later", () => {
    const cleared = [said(0, { intent: "buy" }), said(1, undefined, { cleared: ["intent"] })]
    expect(seen(cleared, 2).intent).toEqual({ state: "unknown" })
    expect(seen([...cleared, said(2, { intent: "return" })], 3).intent).toMatchObject({ value: "return" })
  })
})

describe("latest", () => {
  it("the same speaker in another channel updates, whatever order the statements arrive in", () => {
    const chat = said(0, { intent: "buy" })
    const mail = said(5, { intent: "return" }, { channel: "email" })
    for (const history of [
      [chat, mail],
      [mail, chat],
    ]) {
      expect(seen(history, 10).intent).toMatchObject({ state: "fresh", value: "return", channel: "email" })
    }
  })

  it("two authorities that differ while fresh are a conflict, and both are shown", () => {
    const history = [said(0, { intent: "buy" }), said(5, { intent: "return" }, { authority: "agent" })]
    expect(seen(history, 10).intent).toMatchObject({
      state: "conflicting",
      value: "return",
      others: [{ value: "buy", authority: "customer" }],
    })
  })

  it("two authorities that agree are no conflict", () => {
    const history = [said(0, { intent: "buy" }), said(5, { intent: "buy" }, { authority: "agent" })]
    expect(seen(history, 10).intent).toMatchObject({ state: "fresh", value: "buy" })
  })

  it("a declared order settles it while the better authority is fresh, and recency after that", () => {
    const history = [
      said(0, { orderStatus: "in transit" }, { authority: "record" }),
      said(5, { orderStatus: "delivered" }),
    ]
    expect(seen(history, 10).orderStatus).toMatchObject({ state: "fresh", value: "in transit", authority: "record" })
    expect(seen(history, hour + 1).orderStatus).toMatchObject({ value: "delivered" })
  })

  it("a guess never contradicts a statement", () => {
    const history = [said(0, { intent: "buy" }), said(5, { intent: "return" }, { authority: "inferred" })]
    expect(seen(history, 10).intent).toMatchObject({ state: "fresh", value: "buy", authority: "customer" })
  })

  it("a matter reads its own statement; another matter's only where it has none", () => {
    const history = [
      said(0, { orderNumber: "A-1" }, { matter: "m1" }),
      said(5, { orderNumber: "B-2" }, { matter: "m2" }),
    ]
    expect(seen(history, 10, "m1").orderNumber).toMatchObject({ value: "A-1", matter: "m1" })
    expect(seen(history, 10, "m3").orderNumber).toMatchObject({ value: "B-2", matter: "m2" })
    expect(seen(history, 10).orderNumber).toMatchObject({ value: "B-2" })
  })
})

describe("the other rules", () => {
  it("recent keeps the newest few, newest first, from single values and lists", () => {
    const history = [said(0, { viewed: "a" }), said(1, { viewed: ["b", "c"] }), said(2, { viewed: "d" })]
    expect(seen(history, 3).viewed.value).toEqual(["d", "c"])
  })

  it("set adds and removes elements by the newest statement on each", () => {
    const history = [
      said(0, { tags: ["a", "b"] }),
      said(1, { tags: { remove: ["a"], add: ["c"] } }),
      said(-1, { tags: ["a"] }),
    ]
    expect([...(seen(history, 2).tags.value ?? [])].sort()).toEqual(["b", "c"])
  })

  it("score fades by half in each half-life", () => {
    expect(seen([said(0, { frustration: 4 })], 0).frustration.value).toBe(4)
    expect(seen([said(0, { frustration: 4 })], 20 * minute).frustration.value).toBe(1)
  })

  it("count counts a signal once however often it arrives, within the window alone", () => {
    const error = said(0, { errors: 1 })
    expect(seen([error, error, said(minute, { errors: 2 })], 2 * minute).errors.value).toBe(3)
    expect(seen([error, said(minute, { errors: 2 })], 10 * minute + 1).errors.value).toBe(2)
    expect(seen([error], 11 * minute).errors.state).toBe("unknown")
  })
})

describe("types", () => {
  it("follow from the definition", () => {
    const now = seen([], 0)
    expectTypeOf(now.intent.value).toEqualTypeOf<"browse" | "buy" | "return" | undefined>()
    expectTypeOf(now.viewed.value).toEqualTypeOf<readonly string[] | undefined>()
    expectTypeOf(now.frustration.value).toEqualTypeOf<number | undefined>()
    expectTypeOf<FactsOf<typeof shop.fields>["intent"]>().toEqualTypeOf<"browse" | "buy" | "return" | undefined>()
    // @ts-expect-error: no such field was declared
    expect(now.nothing).toBeUndefined()
  })
})
