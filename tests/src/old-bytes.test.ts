import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import {
  applySignals,
  type Context,
  count,
  decodeContext,
  defineContext,
  emptyContext,
  encodeContext,
  latest,
  recent,
  type Signal,
  score,
  set,
  view,
} from "@tellonce/core"
import { expect, it } from "vitest"
import * as z from "zod"

// Written by the first release and never to be changed: what is on a customer's disk today must be read for ever.
const bytes = readFileSync(fileURLToPath(new URL("../fixtures/context-acme-v1.json", import.meta.url)), "utf8").trim()

const fields = {
  intent: latest(z.string(), { freshFor: "30m" }),
  viewed: recent(z.string(), { keep: 3 }),
  tags: set(z.string()),
  frustration: score({ halfLife: "10m" }),
  errors: count({ window: "1h" }),
}
const first = defineContext({
  name: "acme",
  version: 1,
  fields: { ...fields, orderNo: latest(z.string(), { scope: "matter" }), fax: latest(z.string()) },
})
const third = defineContext({
  name: "acme",
  version: 3,
  fields: { ...fields, orderNumber: latest(z.string(), { scope: "matter" }), vip: latest(z.boolean()) },
  upgrades: {
    1: (field, value) => (field === "fax" ? undefined : { field: field === "orderNo" ? "orderNumber" : field, value }),
    2: (field, value) => ({ field, value: field === "intent" && value === "send back" ? "return" : value }),
  },
})

const told: readonly Partial<Signal>[] = [
  {
    facts: { intent: "buy", orderNo: "A-1", fax: "none", viewed: ["kettle", "lamp"], tags: ["vip", "new"], errors: 2 },
  },
  { authority: "agent", speaker: "desk-1", facts: { intent: "send back", tags: { remove: ["new"] }, frustration: 4 } },
  { matter: "return-1", facts: { orderNo: "A-2" }, event: { name: "opened", kind: "return", title: "Broken" } },
  { cleared: ["frustration"] },
  { facts: { viewed: "radio" }, event: { name: "message", text: "Grüße 🥤", subject: "Hi" } },
  { authority: "bot", event: { name: "asked", fields: ["orderNo"] } },
  { authority: "bot", event: { name: "told", facts: { status: "delayed", days: [1, 2] } } },
  {
    authority: "record",
    event: { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" },
  },
  { authority: "agent", event: { name: "held", hold: "h1", action: "promotion", reason: "Complaint", owner: "desk" } },
  { authority: "agent", event: { name: "handed", handoff: "o1", to: "desk", reason: "asked", fields: ["orderNo"] } },
  { authority: "agent", event: { name: "promised", what: "A call", due: 99 } },
  { authority: "agent", event: { name: "tried", what: "Reset", outcome: "failed" } },
]

/** How the bytes were made; what writes other bytes today needs a way to read these. */
const written = (): Context =>
  applySignals(
    emptyContext(first as Context["definition"]),
    told.map(
      (rest, index): Signal => ({
        id: `s${index}`,
        at: 1_000 + index,
        identity: { kind: "user", value: "1" },
        authority: "customer",
        channel: "web-chat",
        source: "page",
        ...rest,
      }),
    ),
  )

it("this release still writes what the first one wrote", () => {
  expect(encodeContext(written())).toBe(bytes)
})

it("the first release's bytes are read through two upgrades, with nothing lost but what they leave out", () => {
  const seen = view(decodeContext(third, bytes), { now: 2_000 })
  expect(seen.intent).toMatchObject({
    state: "conflicting",
    value: "return",
    authority: "agent",
    others: [{ value: "buy" }],
  })
  expect(seen.orderNumber).toMatchObject({ value: "A-2", matter: "return-1" })
  expect(seen.viewed.value).toEqual(["radio", "lamp", "kettle"])
  expect(seen.tags.value).toEqual(["vip"])
  expect([seen.frustration.state, seen.vip.state, seen.errors.value]).toEqual(["unknown", "unknown", 2])
  expect(seen.$.links).toEqual([{ kind: "email", value: "ada@example.com", proof: "verified" }])
  expect(seen.$.messages[0]?.value).toEqual({ text: "Grüße 🥤", subject: "Hi" })
  expect(seen.$.asked[0]?.value).toEqual({ fields: ["orderNo"] })
  expect(seen.$.told[0]?.value.facts).toEqual({ status: "delayed", days: [1, 2] })
  expect(seen.$.matters[0]).toMatchObject({ matter: "return-1", state: "open", title: "Broken" })
  expect(seen.$.holds[0]).toMatchObject({ hold: "h1", action: "promotion", owner: "desk" })
  expect(seen.$.handoffs[0]).toMatchObject({ handoff: "o1", name: "handed", fields: ["orderNo"] })
  expect([seen.$.promised[0]?.value.what, seen.$.tried[0]?.value.outcome]).toEqual(["A call", "failed"])
})

it("a stranger's bytes, newer ones, and a gap in the upgrades are refused", () => {
  const refused = expect.objectContaining({ code: "context/stranger" })
  expect(() => decodeContext(third, bytes.replace('"acme"', '"other"'))).toThrow(refused)
  expect(() => decodeContext(third, bytes.replace('"version":1', '"version":4'))).toThrow(refused)
  expect(() => decodeContext(defineContext({ name: "acme", version: 2, fields }), bytes)).toThrow(refused)
})

it("a claim that the first release kept among the proven links is a claim, and makes room for the proof of the same", () => {
  const to = { kind: "email", value: "eve@example.com" }
  const link = (id: string, at: number, proof: string) => ({
    id,
    at,
    authority: "record",
    channel: "web",
    source: "shop",
    value: { name: "linked", proof, to },
  })
  const fields = { $links: [link("2", 20, "claimed"), link("1", 10, "verified")] }
  const old = decodeContext(first, JSON.stringify({ name: "acme", version: 1, fields }))
  expect(view(old, { now: 30 }).$.links.map(({ proof }) => proof)).toEqual(["verified", "claimed"])
  expect(Object.keys(JSON.parse(encodeContext(old)).fields)).toEqual(["$claims", "$links"])
})
