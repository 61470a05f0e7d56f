import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, type ServiceUnderTest, said, startService } from "./service-under-test.ts"

let service: ServiceUnderTest
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const visitor = async () => (await service.call("/v1/visitors", { method: "POST", credential: keys.publishable })).body
const send = (signals: readonly unknown[], credential?: string) =>
  service.call("/v1/signals", { body: { signals }, ...(credential && { credential }) })

describe("what is said once is known", () => {
  it("a fact said in one channel is read from another, with its age and source, and is not asked again", async () => {
    const identity = { kind: "email", value: "once@example.com" }
    await send([said({ identity, facts: { orderNumber: "A-1042" }, event: { name: "message", text: "It is A-1042" } })])
    const { body } = await service.call("/v1/context?identity=email:once@example.com")
    expect(body.view.orderNumber).toMatchObject({
      state: "fresh",
      value: "A-1042",
      channel: "web-chat",
      source: "test",
    })
    expect(body.view.$.messages[0].value.text).toBe("It is A-1042")
    const asked = await service.call("/v1/asks", {
      body: { identity, fields: ["orderNumber", "intent"], channel: "email" },
    })
    expect(asked.body.answers.orderNumber).toMatchObject({
      answer: "skip",
      value: "A-1042",
      known: "known from web chat, just now",
    })
    expect(asked.body.answers.intent).toMatchObject({ answer: "ask", reason: "unknown" })
    const after = await service.call("/v1/context?identity=email:once@example.com")
    expect(after.body.view.$.asked.map(({ value }: { value: unknown }) => value)).toEqual([{ fields: ["intent"] }])
  })

  it("a visitor's words belong to the customer once the backend has vouched for it, and not before", async () => {
    const { identity, token } = await visitor()
    const { identity: _own, authority: _voice, ...words } = said({ facts: { intent: "return" } })
    await send([words], token)
    const before = await service.call("/v1/context?identity=email:vouched@example.com")
    expect(before.body.view.intent.state).toBe("unknown")
    await send([
      said({
        identity,
        authority: "record",
        event: { name: "linked", to: { kind: "email", value: "Vouched@Example.com" }, proof: "verified" },
      }),
    ])
    const after = await service.call("/v1/context?identity=email:vouched@example.com")
    expect(after.body.view.intent).toMatchObject({ state: "fresh", value: "return", authority: "customer" })
    expect(after.body.identities).toHaveLength(2)
    await send([
      said({
        identity,
        authority: "record",
        event: { name: "unlinked", to: { kind: "email", value: "vouched@example.com" } },
      }),
    ])
    const parted = await service.call("/v1/context?identity=email:vouched@example.com")
    expect(parted.body.view.intent.state).toBe("unknown")
  })

  it("a claimed link joins nothing", async () => {
    const { token } = await visitor()
    const claim = said({
      event: { name: "linked", to: { kind: "email", value: "victim@example.com" }, proof: "claimed" },
    })
    expect((await send([claim], token)).body.results[0].status).toBe("accepted")
    await send([said({ identity: { kind: "email", value: "victim@example.com" }, facts: { orderNumber: "SECRET-1" } })])
    const read = await service.call("/v1/context", { credential: token })
    expect(JSON.stringify(read.body)).not.toContain("SECRET-1")
  })
})

describe("keys and tokens", () => {
  it.each(["/v1/context?identity=email:ada@example.com", "/v1/stream?identity=email:ada@example.com"])(
    "no key, no data: %s",
    async (path) => {
      for (const credential of [null, "", "sk_guessed-by-a-stranger", "eyJhbGciOiJub25lIn0.e30."]) {
        const { status, body } = await service.call(path, { credential })
        expect([401, body.error.code]).toEqual([status, expect.stringMatching(/^access\//)])
      }
    },
  )

  it("a publishable key opens visitors and nothing else", async () => {
    expect((await service.call("/v1/visitors", { method: "POST", credential: keys.publishable })).status).toBe(201)
    for (const path of ["/v1/context?identity=email:ada@example.com", "/v1/stream?identity=email:ada@example.com"]) {
      expect((await service.call(path, { credential: keys.publishable })).status).toBe(403)
    }
    const written = await send([said()], keys.publishable)
    expect([written.status, written.body.error.code]).toEqual([403, "access/denied"])
    const token = await service.call("/v1/tokens", {
      body: { kind: "agent", agent: "me" },
      credential: keys.publishable,
    })
    expect(token.status).toBe(403)
  })

  it("a visitor reads itself and no other, and cannot speak for another, as an agent, or vouch", async () => {
    const [mine, other] = [await visitor(), await visitor()]
    const foreign = await service.call(`/v1/context?identity=anonymous:${other.identity.value}`, {
      credential: mine.token,
    })
    expect([foreign.status, foreign.body.error.code]).toEqual([403, "access/denied"])
    const { body } = await send(
      [
        said({ identity: other.identity, facts: { orderNumber: "forged" } }),
        said({ authority: "agent", facts: { orderNumber: "forged" } }),
        said({ event: { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" } }),
        said({ event: { name: "told", facts: { refund: "promised" } } }),
        said({ event: { name: "promised", what: "a refund" } }),
        said({ event: { name: "released", hold: "h1" } }),
        said({ matter: "m1", event: { name: "closed" } }),
        said({ matter: "m1", event: { name: "opened" } }),
        said({ event: { name: "page", data: { path: "/" } } }),
      ],
      mine.token,
    )
    expect(body.results.map(({ status, code }: { status: string; code?: string }) => code ?? status)).toEqual([
      "accepted",
      ...Array.from({ length: 6 }, () => "access/may_not_say"),
      "accepted",
      "accepted",
    ])
    const read = await service.call("/v1/context", { credential: other.token })
    expect(read.body.view.orderNumber.state).toBe("unknown")
  })

  it("a customer token reads the whole customer; an agent token reads any and speaks as that agent", async () => {
    const identity = { kind: "email", value: "token@example.com" }
    await send([said({ identity, facts: { orderNumber: "A-7" } })])
    const customer = await service.call("/v1/tokens", { body: { kind: "customer", identity } })
    const own = await service.call("/v1/context", { credential: customer.body.token })
    expect(own.body.view.orderNumber.value).toBe("A-7")
    const agent = await service.call("/v1/tokens", { body: { kind: "agent", agent: "desk-1" } })
    const { authority: _voice, ...words } = said({ identity, facts: { tags: ["vip"] }, speaker: "somebody else" })
    await send([words], agent.body.token)
    const { body } = await service.call("/v1/context?identity=email:token@example.com", {
      credential: agent.body.token,
    })
    expect(body.view.tags).toMatchObject({ value: ["vip"], authority: "agent" })
    expect(body.context.fields.tags[0].speaker).toBe("desk-1")
  })

  it("a token ends with its time", async () => {
    let now = Date.now()
    const timed = await startService({ clock: () => now })
    const { body } = await timed.call("/v1/tokens", { body: { kind: "agent", agent: "desk-1" } })
    const read = () => timed.call("/v1/context?identity=email:ada@example.com", { credential: body.token })
    expect((await read()).status).toBe(200)
    now = body.expiresAt + 1_000
    expect((await read()).status).toBe(401)
    await timed.close()
  })
})

describe("bad input", () => {
  it("each bad item gets its own code, the good ones are kept, and the process lives", async () => {
    const identity = { kind: "email", value: "batch@example.com" }
    const good = said({ identity, facts: { orderNumber: "A-1" } })
    const { id: _id, ...withoutId } = said()
    const { status, body } = await send([
      good,
      said({ facts: { nothing: 1 } }),
      said({ facts: { orderNumber: 7 } }),
      withoutId,
      JSON.parse('{"__proto__":{"admin":true}}'),
      said({ facts: JSON.parse('{"__proto__":{"admin":true}}') }),
      said({ extra: true }),
      "not a signal",
      said({ identity, facts: { viewed: "kettle" } }),
    ])
    expect(status).toBe(200)
    expect(body.results.map(({ status, code }: { status: string; code?: string }) => code ?? status)).toEqual([
      "accepted",
      "fact/unknown_field",
      "fact/wrong_type",
      "signal/id",
      "shape/magic_key",
      "shape/magic_key",
      "signal/shape",
      "signal/shape",
      "accepted",
    ])
    const read = await service.call("/v1/context?identity=email:batch@example.com")
    expect([read.body.view.orderNumber.value, read.body.view.viewed.value]).toEqual(["A-1", ["kettle"]])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  it("a future time counts as now, so that it wins nothing; a very old one is refused", async () => {
    const identity = { kind: "email", value: "clock@example.com" }
    const future = said({ identity, at: Date.UTC(2035, 0), facts: { orderNumber: "from 2035" } })
    const [kept, old] = (await send([future, said({ identity, at: 1_000, facts: { orderNumber: "from 1970" } })])).body
      .results
    expect(kept.at).toBeLessThanOrEqual(Date.now())
    expect(old).toMatchObject({ status: "rejected", code: "signal/too_old" })
    await send([said({ identity, at: Date.now() + 1, facts: { orderNumber: "later" } })])
    const read = await service.call("/v1/context?identity=email:clock@example.com")
    expect(read.body.view.orderNumber.value).toBe("later")
  })

  it("the same signal again is a duplicate and counts once; another one under its id is refused", async () => {
    const identity = { kind: "email", value: "again@example.com" }
    const error = said({ identity, facts: { errors: 1 } })
    const other = { ...error, facts: { errors: 5 } }
    const { body } = await send([error, error, { ...error, at: error.at - 5 }, other])
    expect(body.results.map(({ status, code }: { status: string; code?: string }) => code ?? status)).toEqual([
      "accepted",
      "duplicate",
      "duplicate",
      "signal/id_reused",
    ])
    const read = await service.call("/v1/context?identity=email:again@example.com")
    expect(read.body.view.errors.value).toBe(1)
  })

  it.each([
    [400, "body/not_json", '{"signals": ['],
    [400, "body/not_json", "\u0000"],
    [400, "body/shape", "[]"],
    [400, "body/shape", '{"signals": []}'],
    [413, "body/too_large", `{"signals":["${"x".repeat(10_000_000)}"]}`],
    [413, "body/too_many_signals", JSON.stringify({ signals: Array.from({ length: 501 }, () => 1) })],
  ])("%i %s", async (status, code, raw) => {
    const answer = await service.call("/v1/signals", { raw })
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
    expect((await service.call("/healthz", { credential: null })).body).toEqual({ status: "ok", store: "ready" })
  })

  it("a nest of brackets is refused before anything recurses into it", async () => {
    const nest = (depth: number) => `{"signals":[${"[".repeat(depth)}${"]".repeat(depth)}]}`
    const small = await service.call("/v1/signals", { raw: nest(1_000) })
    expect(small.body.results[0].code).toBe("shape/too_deep")
    const large = await service.call("/v1/signals", { raw: nest(100_000) })
    expect([large.status, large.body.error.code]).toEqual([413, "shape/too_deep"])
  })

  it("unknown paths, wrong methods and nameless identities are told what to do", async () => {
    expect((await service.call("/v1/nothing")).body.error.code).toBe("route/unknown")
    expect((await service.call("/v1/signals")).status).toBe(405)
    expect((await service.call("/v1/context")).body.error.code).toBe("identity/missing")
    expect((await service.call("/v1/context?identity=nobody")).body.error.code).toBe("identity/shape")
    const asks = await service.call("/v1/asks", {
      body: { identity: { kind: "email", value: "a@b.c" }, fields: ["nothing"], channel: "x" },
    })
    expect(asks.body.error.code).toBe("ask/unknown_field")
  })
})

/** All that the service answers, written out: a way in that nobody meant shows here. */
const everyRoute = `DELETE /v1/holds/{hold}
  GET /v1/audit
  GET /v1/audit/readers
  GET /v1/audit/verify
  GET /v1/consent
  GET /v1/context
  GET /v1/export
  GET /v1/handoff-links/{token}
  GET /v1/hash
  GET /v1/privacy-requests
  GET /v1/records
  GET /v1/stream
  POST /v1/anchors/{name}
  POST /v1/asks
  POST /v1/backups
  POST /v1/decisions
  POST /v1/erasures
  POST /v1/handoff-links/{token}/redeem
  POST /v1/handoffs
  POST /v1/handoffs/{handoff}/accept
  POST /v1/handoffs/{handoff}/decline
  POST /v1/handoffs/{handoff}/links
  POST /v1/holds
  POST /v1/import
  POST /v1/links
  POST /v1/links/preview
  POST /v1/links/unlink
  POST /v1/matters
  POST /v1/matters/{matter}/close
  POST /v1/objections
  POST /v1/privacy-requests
  POST /v1/revocations
  POST /v1/signals
  POST /v1/tickets
  POST /v1/tokens
  POST /v1/told
  POST /v1/visitors
  PUT /v1/consent
  PUT /v1/minors
  PUT /v1/restrictions`

describe("the description", () => {
  it("its page in the docs names every path", () => {
    const readme = readFileSync(new URL("../../docs/service.md", import.meta.url), "utf8")
    const roots = new Set(everyRoute.match(/\/v1\/[a-z-]+/g))
    expect(roots.size).toBeGreaterThan(20)
    expect([...roots].filter((path) => !readme.includes(path))).toEqual([])
  })

  it("is OpenAPI 3.1, needs no key, and names every path with its body", async () => {
    const { body } = await service.call("/v1/openapi.json", { credential: null })
    expect(body.openapi).toBe("3.1.0")
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(everyRoute.split(/\n\s*/).sort())
    const { schema } = body.paths["/v1/signals"].post.requestBody.content["application/json"]
    expect(schema.properties.signals.items.required).toEqual(["id", "at", "identity", "authority", "channel", "source"])
  })

  it("a page of any origin may call, and its preflight is answered", async () => {
    const { headers } = await fetch(`${service.url}/v1/signals`, { method: "OPTIONS" })
    expect(headers.get("access-control-allow-headers")).toContain("authorization")
    expect((await service.call("/healthz")).headers.get("access-control-allow-origin")).toBe("*")
  })
})
