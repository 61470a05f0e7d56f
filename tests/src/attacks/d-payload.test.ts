import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, said } from "../service-under-test.ts"
import { startUnderAttack, type UnderAttack } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

const credential = keys.secret
const post = (raw: string) => service.attack("/v1/signals", { credential, raw })
const nest = (depth: number, open: string, close: string) => `${open.repeat(depth)}${close.repeat(depth)}`
const oneSignal = (json: string) => `{"signals":[${json}]}`
const signalWith = (facts: string) => oneSignal(JSON.stringify({ ...said(), facts: "FACTS" }).replace('"FACTS"', facts))

/** The code of the request, or of the only signal in it. */
const outcome = async (raw: string) => {
  const { status, text } = await post(raw)
  const body = JSON.parse(text)
  return { status, code: body.error?.code ?? body.results?.[0]?.code ?? body.results?.[0]?.status }
}

it.each(["told", "holds", "decisions", "matters", "consent"])(
  "a small body to /v1/%s that nests deep is refused by its depth, and fails nowhere",
  async (path) => {
    const raw = `{"channel":"web","facts":${nest(20_000, "[", "]")}}`
    const method = path === "consent" ? "PUT" : "POST"
    expect(await service.attack(`/v1/${path}`, { credential, raw, method })).toMatchObject({
      status: 400,
      code: "shape/too_deep",
    })
  },
)

describe("a body that would cost more than it is worth", () => {
  it.each<[string, string, number, string]>([
    ["a million opening brackets", oneSignal(nest(400_000, "[", "]")), 413, "shape/too_deep"],
    [
      "a hundred thousand nested objects",
      oneSignal(nest(80_000, '{"a":', "}").replace("}", "1}")),
      413,
      "shape/too_deep",
    ],
    ["brackets that never close", "[".repeat(900_000), 413, "shape/too_deep"],
    ["two megabytes of blanks", " ".repeat(2_000_000), 413, "body/too_large"],
    [
      "a text of a hundred thousand letters",
      signalWith(JSON.stringify({ orderNumber: "x".repeat(100_000) })),
      200,
      "shape/text_too_long",
    ],
    [
      "five thousand members",
      signalWith(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1])))),
      200,
      "shape/too_wide",
    ],
    [
      "a hundred thousand keys like array indexes",
      oneSignal(
        JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [String(index * 131_071), 0]))),
      ),
      413,
      "shape/(number_texts|too_wide)",
    ],
    [
      "five hundred and one signals",
      JSON.stringify({ signals: Array.from({ length: 501 }, () => 1) }),
      413,
      "body/too_many_signals",
    ],
  ])("%s is refused by its code", async (_, raw, status, code) => {
    expect(await outcome(raw)).toEqual({ status, code: expect.stringMatching(new RegExp(`^${code}$`)) })
    expect((await service.attack("/healthz")).status).toBe(200)
  })
})

describe("JSON that means more than it says", () => {
  it.each<[string, string]>([
    ["a magic key", signalWith('{"__proto__":{"admin":true}}')],
    ["a magic key in the signal", oneSignal('{"__proto__":{"authority":"record"},"id":"1"}')],
    ["constructor.prototype", signalWith('{"constructor":{"prototype":{"admin":true}}}')],
    ["a magic key spelled with an escape", signalWith('{"__pr\\u006fto__":{"admin":true}}')],
    [
      "a magic key deep inside a custom event",
      oneSignal(
        JSON.stringify(said({ event: { name: "page", data: { a: [1] } } })).replace("[1]", '[{"__proto__":{"x":1}}]'),
      ),
    ],
  ])("%s is refused", async (_, raw) => {
    const { code } = await outcome(raw)
    expect(code).toBe("shape/magic_key")
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  it.each<[string, string]>([
    ["a number too large to be one", '{"errors":1e400}'],
    ["a number where text is declared", '{"orderNumber":7}'],
    ["an object where text is declared", '{"orderNumber":{"$ne":null}}'],
    ["a field nobody declared", '{"isAdmin":true}'],
    ["a field of Object.prototype", '{"toString":"x","hasOwnProperty":"y"}'],
    ["the house's own field", '{"$links":[{"kind":"email"}]}'],
  ])("%s is refused as a fact", async (_, facts) => {
    const { status, code } = await outcome(signalWith(facts))
    expect([status, code === "accepted"]).toEqual([200, false])
  })

  it.each<[string, object]>([
    ["a time that is not a number", { at: "2026-01-01" }],
    ["a time that is no safe integer", { at: 2 ** 53 + 2 }],
    ["a time before time", { at: -1e15 }],
    ["an authority that is not one", { authority: "root" }],
    ["an id that is an object", { id: { $gt: "" } }],
    ["an id of a thousand letters", { id: "x".repeat(1_000) }],
    ["an empty identity", { identity: { kind: "", value: "" } }],
    ["an identity whose kind holds a colon", { identity: { kind: "email:a", value: "b" } }],
    ["a member nobody declared", { isAdmin: true }],
  ])("%s is refused in the signal", async (_, rest) => {
    const { status, code } = await outcome(oneSignal(JSON.stringify(said(rest))))
    expect([status, ["accepted", "duplicate"].includes(code)]).toEqual([200, false])
  })

  it("the last of two equal keys wins for the gate and for the reader alike", async () => {
    const text = JSON.stringify(
      said({ identity: { kind: "email", value: "twice@example.com" }, facts: { orderNumber: "good" } }),
    )
    const { code } = await outcome(
      oneSignal(text.replace('"orderNumber":"good"', '"orderNumber":"good","orderNumber":7')),
    )
    expect(code).not.toBe("accepted")
  })

  it("a lone surrogate and a NUL come back as they were said, and break no reader", async () => {
    const identity = { kind: "email", value: "surrogate@example.com" }
    const sent = await service.send([
      said({ identity, event: { name: "message", text: "half \ud83d and \u0000 nothing" } }),
    ])
    const { status, body } = await service.call("/v1/context?identity=email:surrogate@example.com")
    expect([status, sent.length]).toEqual([200, 1])
    if (sent[0] === "accepted") expect(body.view.$.messages).toHaveLength(1)
  })
})

describe("a body that is packed", () => {
  it.each(["gzip", "deflate", "br", "identity, gzip"])("%s is not unpacked: a bomb stays small", async (encoding) => {
    const response = await fetch(`${service.url}/v1/signals`, {
      method: "POST",
      body: new Uint8Array(gzipSync(Buffer.alloc(50_000_000, " "))),
      headers: { authorization: `Bearer ${credential}`, "content-encoding": encoding },
    })
    expect([400, 413, 415]).toContain(response.status)
    await response.text()
  })
})

it("one poisoned signal among a hundred stops no other, and is named by its place", async () => {
  const signals = Array.from({ length: 100 }, () =>
    said({ identity: { kind: "email", value: "poison@example.com" }, facts: { errors: 1 } }),
  )
  const poisoned = signals.map((signal, index) => (index === 57 ? JSON.parse('{"__proto__":{}}') : signal))
  const results = await service.send(poisoned)
  expect(results.filter((result) => result === "accepted")).toHaveLength(99)
  expect(results[57]).toBe("shape/magic_key")
  expect((await service.send(poisoned)).filter((result) => result === "duplicate")).toHaveLength(99)
})
