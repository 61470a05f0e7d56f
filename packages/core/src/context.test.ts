import { createHash } from "node:crypto"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { canonical } from "./canonical.ts"
import { decodeContext, emptyContext, encodeContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { parseSignal } from "./parse-signal.ts"
import { latest } from "./rules/latest.ts"

const shop = defineContext({ name: "shop", version: 1, fields: { city: latest(z.string()) } })

it("canonical text follows RFC 8785: sorted members, ECMAScript numbers and strings", () => {
  const value = { b: [1e21, 0.000001, -0, 1], a: { "\u20ac": "\u000f", "1": null, absent: undefined } }
  expect(canonical(value)).toBe('{"a":{"1":null,"€":"\\u000f"},"b":[1e+21,0.000001,0,1]}')
})

it("equal contexts have one hash, whoever computes it", () => {
  const said = {
    id: "1",
    at: 1,
    identity: { kind: "user", value: "1" },
    authority: "customer",
    channel: "c",
    source: "s",
  } as const
  const context = applySignals(emptyContext(shop), [{ ...said, facts: { city: "Paris" } }])
  expect(encodeContext(context)).toBe(
    '{"fields":{"city":[{"at":1,"authority":"customer","channel":"c","id":"1","source":"s","value":"Paris"}]},"name":"shop","version":1}',
  )
  const hash = (text: string) => createHash("sha256").update(text).digest("hex")
  expect(hash(encodeContext(decodeContext(shop, encodeContext(context))))).toBe(hash(encodeContext(context)))
})

it("a context of another definition is refused as a stranger", () => {
  const other = defineContext({ name: "shop", version: 2, fields: { city: latest(z.string()) } })
  expect(() => decodeContext(shop, encodeContext(emptyContext(other)))).toThrow(
    expect.objectContaining({ code: "context/stranger" }),
  )
})

it("a definition refuses names that cannot be told apart or that belong to the house", () => {
  for (const name of ["$links", "__proto__", "", "a b"]) {
    expect(() => defineContext({ name: "x", version: 1, fields: { [name]: latest(z.string()) } }), name).toThrow(
      expect.objectContaining({ code: "definition/field_name" }),
    )
  }
  expect(() => defineContext({ name: "x", version: 0, fields: {} })).toThrow(
    expect.objectContaining({ code: "definition/name" }),
  )
  expect(() => latest(z.string(), { freshFor: "soon" as "1m" })).toThrow(
    expect.objectContaining({ code: "definition/duration" }),
  )
})

it.each(["verified", "claimed", "$links", "constructor", "__proto__"])(
  "an event of one's own may be named %s: it is in the log alone",
  (name) => {
    const stamp = { id: "1", at: 1, authority: "customer", channel: "c", source: "s" } as const
    const parsed = parseSignal(shop, { ...stamp, identity: { kind: "user", value: "1" }, event: { name } })
    const context = emptyContext(shop)
    expect(parsed.ok && applySignals(context, [parsed.signal])).toBe(context)
  },
)
