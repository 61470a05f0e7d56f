import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { basic, keys, now, openIngest, type ShopSources } from "../ingest.suite.ts"

const segment: ShopSources["segment"] = {
  table: {
    "Order Completed": {
      orderNumber: "properties.order_id",
      viewed: "properties.products.sku",
      spent: ({ properties }) => Number(properties.total),
      $identity: ({ properties }) => ({ kind: "user", value: `${properties.owner}` }),
    },
    Throws: {
      orderNumber: () => {
        throw new Error("what the customer wrote")
      },
    },
  },
}
const backend = basic(keys.secret)
const browser = basic(keys.publishable)
const track = (rest: object = {}) => ({ type: "track", event: "Clicked", messageId: "m1", userId: "u1", ...rest })

describe("the paths of the clients", () => {
  it.each([
    ...["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch?writeKey=pk_for-any-browser"],
    ...["t", "i", "p", "g", "a", "s", "track", "identify", "page", "group", "alias", "screen"].map(
      (tail) => `/v1/${tail}`,
    ),
    ...["/api/s/track", "/api/s/s2s/track", "/api/s/event"],
  ])("%s is taken, with CORS for any page", async (path) => {
    const { ingest, post } = openIngest({ segment })
    const response = await post(path, track(), browser)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ success: true })
    expect(response.headers.get("access-control-allow-origin")).toBe("*")
    const preflight = await ingest.fetch(new Request(`https://x.example${path}`, { method: "OPTIONS" }))
    expect(preflight?.status).toBe(204)
    for (const name of [
      "authorization",
      "content-type",
      "x-write-key",
      "anonymousid",
      "sentat",
      "x-retry-count",
      "idempotency-key",
    ]) {
      expect(preflight?.headers.get("access-control-allow-headers")).toContain(name)
    }
    expect(preflight?.headers.get("access-control-max-age")).toBe("86400")
  })

  it.each(["/v1/signals", "/v1/context", "/v1/tracks", "/healthz", "/", "/v1/webhooks/stripe", "/v1/events"])(
    "%s is left to the service",
    async (path) => {
      const { ingest } = openIngest({ segment })
      expect(
        await ingest.fetch(new Request(`https://x.example${path}`, { method: "POST", body: "{}" })),
      ).toBeUndefined()
    },
  )

  it.each([
    ["Basic auth", "/v1/t", {}, backend],
    ["Jitsu's header, in either part", "/v1/t", {}, { "x-write-key": `jitsu:${keys.secret}` }],
    ["the query", `/v1/t?writeKey=${keys.secret}`, {}, {}],
    ["the body", "/v1/t", { writeKey: keys.secret }, {}],
    ["a bearer token", "/v1/t", {}, { authorization: `Bearer ${keys.secret}` }],
    ["a header beside a masked body", "/v1/t", { writeKey: "jitsu:***" }, { "x-write-key": `jitsu:${keys.secret}` }],
  ])("the key may stand in %s", async (_, path, body, headers) => {
    const { post, signals } = openIngest({ segment })
    expect((await post(path, { ...track(), ...body }, headers as Record<string, string>)).status).toBe(200)
    expect(signals[0]).toMatchObject({ authority: "record", identity: { kind: "user", value: "u1" } })
  })

  it("without a known key nothing is taken", async () => {
    const { post, signals } = openIngest({ segment })
    for (const headers of [{}, basic("sk_of-somebody"), { authorization: "Basic %%%" }] as Record<string, string>[]) {
      expect((await post("/v1/batch", { batch: [track()] }, headers)).status).toBe(401)
    }
    expect(signals).toEqual([])
  })

  it("the settings of a browser name this service and nobody else, and are not given for a secret key", async () => {
    const { ingest } = openIngest({ segment }, { url: "https://public.shop.example" })
    const get = async (key: string) => ingest.fetch(new Request(`http://inside:8080/v1/projects/${key}/settings`))
    expect(await (await get(keys.publishable))?.json()).toMatchObject({
      integrations: {
        "Segment.io": { apiKey: keys.publishable, apiHost: "public.shop.example/v1", protocol: "https" },
      },
      metrics: { sampleRate: 0 },
    })
    expect((await get(keys.secret))?.status).toBe(403)
    expect((await get("unknown"))?.status).toBe(401)
  })
})

describe("what a message becomes", () => {
  it("a row gives facts by path, by list and by function; an unknown event is an event", async () => {
    const { post, signals } = openIngest({ segment })
    const properties = { order_id: 1042, total: "49.9", products: [{ sku: "k1" }, { sku: "k2" }], owner: "u9" }
    await post(
      "/v1/batch",
      { batch: [track({ event: "Order Completed", properties }), track({ messageId: "m2", properties: { a: 1 } })] },
      backend,
    )
    expect(signals).toEqual([
      expect.objectContaining({
        id: "m1",
        identity: { kind: "user", value: "u9" },
        facts: { orderNumber: "1042", viewed: ["k1", "k2"], spent: 49.9 },
        event: { name: "checkout.done", data: properties },
      }),
      expect.objectContaining({ id: "m2", event: { name: "Clicked", data: { a: 1 } } }),
    ])
    expect(signals[1]).not.toHaveProperty("facts")
  })

  it("a browser's row cannot say whose the event is, and no browser writes to a user", async () => {
    const { post, signals } = openIngest({ segment })
    const properties = { order_id: "A-1", owner: "victim" }
    await post(
      "/v1/batch",
      {
        batch: [
          track({ event: "Order Completed", properties, anonymousId: "a1", messageId: "m1" }),
          track({ event: "Order Completed", properties, messageId: "m2" }),
          { type: "identify", userId: "victim", anonymousId: "a1", messageId: "m3" },
          { type: "alias", userId: "victim", previousId: "other", anonymousId: "a1", messageId: "m4" },
          { type: "group", groupId: "g", userId: "victim", messageId: "m5" },
        ],
      },
      browser,
    )
    expect(signals.map(({ identity }) => `${identity.kind}:${identity.value}`)).toEqual([
      "anonymous:a1",
      "unproven.user:u1",
      "anonymous:a1",
      "unproven.user:victim",
    ])
    expect(signals.map(({ authority }) => authority)).toEqual(Array(4).fill("customer"))
    const links = signals.flatMap(({ event }) => (event?.name === "linked" ? [event] : []))
    expect(links).toEqual([{ name: "linked", to: { kind: "user", value: "victim" }, proof: "claimed" }])
  })

  it.each(["linked", "held", "told", "message", "closed"])(
    "an event called %s is an event like any other",
    async (event) => {
      const { post, signals, errors } = openIngest({ segment })
      await post(
        "/v1/t",
        track({ event, properties: { to: { kind: "user", value: "1" }, proof: "verified" } }),
        browser,
      )
      expect(signals.map((signal) => signal.event?.name)).toEqual([`foreign.${event}`])
      expect(errors).toEqual([])
    },
  )

  it("a row that throws costs its own event, and its message is not in the report", async () => {
    const { post, signals, errors } = openIngest({ segment })
    const response = await post(
      "/v1/batch",
      { batch: [track({ event: "Throws" }), track({ messageId: "m2" })] },
      backend,
    )
    expect(response.status).toBe(200)
    expect(signals.map(({ id }) => id)).toEqual(["m2"])
    expect(errors.map(String).join()).not.toContain("customer wrote")
    expect(errors).toEqual([
      expect.objectContaining({ code: "ingest/row_threw" }),
      expect.objectContaining({ code: "ingest/refused" }),
    ])
  })

  it("the same message again is the same signal, with an id of its own or none", async () => {
    const { post, signals } = openIngest({ segment })
    const nameless = track({
      messageId: undefined,
      timestamp: "2026-01-15T11:00:00.000Z",
      sentAt: "2026-01-15T11:00:01.000Z",
    })
    for (const message of [track(), track(), nameless, { ...nameless, sentAt: "2026-01-15T11:00:09.000Z" }]) {
      await post("/v1/t", message, backend)
    }
    expect(signals).toHaveLength(2)
  })

  it.each([" spaced id ", "a#b", "x".repeat(400), "ä ö"])("any id of a sender is taken: %s", async (messageId) => {
    const { post, signals, errors } = openIngest({ segment })
    await post("/v1/t", track({ messageId }), backend)
    expect(signals).toHaveLength(1)
    expect(errors).toEqual([])
  })

  it("the context of a batch is that of its messages, whose own comes first", async () => {
    const { post, signals } = openIngest({ segment })
    const consent = { categoryPreferences: { marketing: false } }
    await post(
      "/v1/batch",
      {
        context: { consent },
        batch: [
          track(),
          track({ messageId: "m2", context: { consent: { categoryPreferences: { marketing: true } } } }),
        ],
      },
      backend,
    )
    expect(signals.map(({ facts }) => facts?.consents).filter(Boolean)).toEqual([
      { marketing: "denied" },
      { marketing: "granted" },
    ])
  })
})

describe("times", () => {
  const sentAt = "2026-01-15T14:00:00.000Z"
  const timestamp = "2026-01-15T13:59:00.000Z"

  it("a browser's clock is handed on, so that the service can set it right", async () => {
    const { post, sentAts, signals } = openIngest({ segment })
    await post("/v1/batch", { sentAt, batch: [track({ timestamp, anonymousId: "a1" })] }, browser)
    await post("/v1/t", track({ timestamp, sentAt, messageId: "m2" }), browser)
    await post("/v1/track", track({ originalTimestamp: timestamp, messageId: "m3" }), { ...browser, sentat: sentAt })
    expect(sentAts).toEqual(Array(3).fill(Date.parse(sentAt)))
    expect(signals.map(({ at }) => at)).toEqual(Array(3).fill(Date.parse(timestamp)))
  })

  it("a time that a backend or a caller gave is not moved", async () => {
    const { post, sentAts } = openIngest({ segment })
    await post("/v1/batch", { sentAt, batch: [track({ timestamp })] }, backend)
    await post(
      "/v1/batch",
      { sentAt, batch: [track({ timestamp, originalTimestamp: sentAt, messageId: "m2" })] },
      browser,
    )
    expect(sentAts).toEqual([undefined, undefined])
  })

  it.each([undefined, "yesterday", -5, {}, "2026-13-45T00:00:00Z"])(
    "without a time that can be read it happened now: %j",
    async (timestamp) => {
      const { post, signals } = openIngest({ segment })
      await post("/v1/t", track({ timestamp }), backend)
      expect(signals[0]?.at).toBe(now)
    },
  )
})

describe("what a request may cost", () => {
  it("too large, inflating too far, too many, not JSON: refused whole, so that the client drops it", async () => {
    const { post, signals } = openIngest({ segment })
    const statusOf = async (body: unknown) => (await post("/v1/batch", body, backend)).status
    expect(await statusOf(" ".repeat(1_048_577))).toBe(413)
    expect(await statusOf(gzipSync(Buffer.alloc(20_000_000, " ")))).toBe(413)
    expect(await statusOf({ batch: Array.from({ length: 1_001 }, (_, i) => track({ messageId: `m${i}` })) })).toBe(413)
    expect(await statusOf("{")).toBe(400)
    expect(await statusOf(new Uint8Array([0xff, 0xfe, 0x00]))).toBe(400)
    expect(await statusOf(new Uint8Array([0x1f, 0x8b, 1, 2, 3]))).toBe(400)
    expect(await statusOf('"text"')).toBe(400)
    expect(signals).toEqual([])
  })

  it("gzip is known by its first bytes, whatever the headers say", async () => {
    const { post, signals } = openIngest({ segment })
    const body = gzipSync(JSON.stringify({ batch: [track()] }))
    expect(
      (await post("/v1/batch", body, { ...backend, "content-type": "application/x-www-form-urlencoded" })).status,
    ).toBe(200)
    expect(signals).toHaveLength(1)
  })

  it("one event too deep, too long or of no type stops no other", async () => {
    const { post, signals, errors } = openIngest({ segment })
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`
    const long = track({ properties: { text: "x".repeat(40_000) } })
    const batch = `[${JSON.stringify(track()).slice(0, -1)},"properties":{"deep":${deep}}},${JSON.stringify(long)},{"type":"nonsense"},7,null,${JSON.stringify(track())}]`
    expect((await post("/v1/batch", `{"batch":${batch}}`, backend)).status).toBe(200)
    expect(signals).toHaveLength(1)
    expect(errors.map(String)).toEqual([expect.stringContaining("ingest/event × 5")])
  })

  it("whatever JSON comes is answered, and never with a 5xx", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom("t", "i", "p", "g", "a", "s", "batch"), async (value, tail) => {
        const { post } = openIngest({ segment })
        for (const body of [
          value,
          { batch: [value] },
          { ...track(), properties: value, context: value, traits: value, timestamp: value },
        ]) {
          expect((await post(`/v1/${tail}`, body, backend)).status).toBeLessThan(500)
        }
      }),
      { numRuns: 60 },
    )
  })
})
