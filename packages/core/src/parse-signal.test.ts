import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { emptyContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { parseSignal } from "./parse-signal.ts"
import { latest } from "./rules/latest.ts"
import { set } from "./rules/set.ts"
import { view } from "./view.ts"

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string().check(z.trim(), z.regex(/^[A-Z]-\d+$/))),
    tags: set(z.string().check(z.toLowerCase())),
  },
})

const good = {
  id: "1",
  at: 1,
  identity: { kind: "email", value: " Ada@Example.com" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  facts: { orderNumber: "A-1" },
}

const codeOf = (input: unknown) => {
  const parsed = parseSignal(shop, input)
  return parsed.ok ? "ok" : parsed.code
}

describe("parseSignal", () => {
  it("admits a signal with its identity canonical and its facts as their schemas give them", () => {
    const parsed = parseSignal(shop, { ...good, facts: { orderNumber: " A-1 ", tags: { add: ["VIP"] } } })
    expect(parsed).toMatchObject({ ok: true, signal: { identity: { kind: "email", value: "ada@example.com" } } })
    if (!parsed.ok) return
    const seen = view(applySignals(emptyContext(shop), [parsed.signal]), { now: 1 })
    expect([seen.orderNumber.value, seen.tags.value]).toEqual(["A-1", ["vip"]])
  })

  it.each([
    ["signal/shape", undefined],
    ["signal/shape", []],
    ["signal/shape", { ...good, extra: 1 }],
    ["signal/id", { ...good, id: undefined }],
    ["signal/id", { ...good, id: "two words" }],
    ["signal/id", { ...good, id: "a\u0000b" }],
    ["signal/id", { ...good, id: "half\ud83d" }],
    ["signal/source", { ...good, source: "a\u0000b" }],
    ["signal/source", { ...good, source: "half \ud83d" }],
    ["signal/at", { ...good, at: "yesterday" }],
    ["signal/at", { ...good, at: 1.5 }],
    ["signal/at", { ...good, at: Number.POSITIVE_INFINITY }],
    ["signal/identity", { ...good, identity: { kind: "EMAIL", value: "x" } }],
    ["signal/authority", { ...good, authority: "god" }],
    ["signal/event", { ...good, event: { name: "message" } }],
    ["signal/event", { ...good, event: { name: "linked", to: good.identity, proof: "sworn" } }],
    ["fact/unknown_field", { ...good, facts: { nothing: 1 } }],
    ["fact/unknown_field", { ...good, facts: { $links: 1 } }],
    ["fact/unknown_field", { ...good, facts: JSON.parse('{"__proto__":{"admin":true}}') }],
    ["fact/unknown_field", { ...good, facts: { constructor: 1 } }],
    ["fact/unknown_field", { ...good, cleared: ["nothing"] }],
    ["fact/wrong_type", { ...good, facts: { orderNumber: 7 } }],
    ["fact/wrong_type", { ...good, facts: { orderNumber: "drop table" } }],
    ["fact/empty", { ...good, facts: { orderNumber: "" } }],
    ["fact/empty", { ...good, facts: { orderNumber: null } }],
    ["fact/empty", { ...good, facts: { tags: [] } }],
  ])("refuses with %s (%#)", (code, input) => {
    expect(codeOf(input)).toBe(code)
  })

  it("admits an id and a source beyond ASCII", () => {
    expect(codeOf({ ...good, id: "\u{1f600}", source: "the \u{1f600} shop" })).toBe("ok")
  })

  it("never throws, and no refusal repeats what was sent", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ minLength: 9 }), (input, secret) => {
        const parsed = parseSignal(shop, input)
        const personal = parseSignal(shop, { ...good, facts: { orderNumber: { secret } } })
        expect(typeof parsed.ok).toBe("boolean")
        expect(personal.ok ? "" : personal.message).not.toContain(secret)
      }),
    )
  })
})
