import { createHmac } from "node:crypto"
import { Webhook } from "standardwebhooks"
import { Stripe } from "stripe"
import { describe, expect, it } from "vitest"
import { now, openIngest, type ShopSources } from "../ingest.suite.ts"

const seconds = now / 1_000

it("a sender that only looks whether anybody is there is told so, and nothing but a post says anything", async () => {
  const { ingest, signals } = openIngest({ intercom: { secret: "the-secret-of-the-vendor" } })
  const ask = (method: string, name = "intercom") =>
    ingest.fetch(new Request(`https://context.shop.example/v1/webhooks/${name}`, { method }))
  expect((await ask("HEAD"))?.status).toBe(200)
  expect((await ask("GET"))?.status).toBe(405)
  expect(await ask("HEAD", "zendesk")).toBeUndefined()
  expect(signals).toEqual([])
})

describe("Standard Webhooks", () => {
  const secrets = ["old", "new"].map(
    (name) => `whsec_${Buffer.from(`${name}-secret-of-the-carrier`).toString("base64")}`,
  )
  const sources: ShopSources = {
    standardWebhooks: {
      carrier: {
        secret: secrets,
        identity: ({ data }) =>
          typeof data === "object" && data !== null && "customer" in data
            ? { kind: "user", value: `${data.customer}` }
            : undefined,
        table: { "parcel.delayed": { orderStatus: () => "delayed", orderNumber: "data.order" } },
      },
    },
  }
  const body = JSON.stringify({
    type: "parcel.delayed",
    timestamp: "2026-01-15T11:59:00Z",
    data: { order: "A-1042", customer: "u1" },
  })
  const sign = (secret: string, at = now, id = "msg_1") => ({
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(at / 1_000)}`,
    "webhook-signature": `v1a,asymmetric ${new Webhook(secret).sign(id, new Date(at), body)}`,
  })

  it("what the library signs is taken, with either secret while one takes over from the other", async () => {
    for (const secret of secrets) {
      const { post, signals } = openIngest(sources)
      expect((await post("/v1/webhooks/carrier", body, sign(secret))).status).toBe(200)
      expect(signals).toEqual([
        expect.objectContaining({
          id: "msg_1",
          at: Date.UTC(2026, 0, 15, 11, 59),
          identity: { kind: "user", value: "u1" },
          authority: "record",
          source: "carrier",
          facts: { orderStatus: "delayed", orderNumber: "A-1042" },
        }),
      ])
    }
  })

  it("signed five minutes from now it is taken, a second more and it is a replay", async () => {
    const statusAt = async (at: number) =>
      (await openIngest(sources).post("/v1/webhooks/carrier", body, sign(secrets[0] ?? "", at))).status
    expect(await Promise.all([-300_000, 300_000].map((away) => statusAt(now + away)))).toEqual([200, 200])
    expect(await Promise.all([-301_000, 301_000].map((away) => statusAt(now + away)))).toEqual([401, 401])
  })

  it("another body, id, time or secret is not what was signed", async () => {
    const { post, signals } = openIngest(sources)
    const good = sign(secrets[0] ?? "")
    const forged: [string, Record<string, string>][] = [
      [body.replace("A-1042", "A-1043"), good],
      [body, { ...good, "webhook-id": "msg_2" }],
      [body, { ...good, "webhook-timestamp": `${seconds + 1}` }],
      [body, sign(`whsec_${Buffer.from("another secret").toString("base64")}`)],
      [body, { ...good, "webhook-signature": "v1," }],
      [body, {}],
    ]
    for (const [payload, headers] of forged)
      expect((await post("/v1/webhooks/carrier", payload, headers)).status).toBe(401)
    expect(signals).toEqual([])
  })

  it("a name that is a known sender's, or cannot stand in a path, and a missing secret are the programmer's mistakes", () => {
    const source = { secret: secrets, identity: () => undefined }
    for (const name of ["stripe", "Carrier", ""])
      expect(() => openIngest({ standardWebhooks: { [name]: source } })).toThrow(/webhook/)
    expect(() => openIngest({ shopify: { secret: "" } })).toThrow(/secret/)
    expect(() => openIngest({ shopify: { secret: [] } })).toThrow(/secret/)
  })
})

describe("Stripe", () => {
  const secret = "whsec_test_of_the_till"
  const sources: ShopSources = {
    stripe: {
      secret,
      table: { "charge.succeeded": { spent: "data.object.amount", orderNumber: "data.object.metadata.order" } },
    },
  }
  const charge = {
    object: "charge",
    id: "ch_1",
    amount: 4990,
    status: "succeeded",
    customer: "cus_1",
    receipt_email: "ada@example.com",
    metadata: { order: "A-1042" },
    billing_details: { address: { line1: "1 High Street" } },
  }
  const eventOf = (object: object, type = "charge.succeeded") =>
    JSON.stringify({ id: "evt_1", object: "event", type, created: seconds - 60, data: { object } })
  const sign = (payload: string, { at = seconds, by = secret } = {}) => ({
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp: at }),
  })

  it("what the real library signs becomes facts of its customer; the address typed at the till is a claim", async () => {
    const { post, signals } = openIngest(sources)
    const payload = eventOf(charge)
    expect((await post("/v1/webhooks/stripe", payload, sign(payload))).status).toBe(200)
    expect(signals[0]).toEqual(
      expect.objectContaining({
        id: "evt_1",
        at: now - 60_000,
        identity: { kind: "stripe.customer", value: "cus_1" },
        authority: "record",
        facts: { spent: 4990, orderNumber: "A-1042" },
        event: { name: "charge.succeeded", data: { object: "charge", id: "ch_1", status: "succeeded" } },
      }),
    )
    expect(signals[1]?.event).toEqual({
      name: "linked",
      to: { kind: "email", value: "ada@example.com" },
      proof: "claimed",
    })
    expect(JSON.stringify(signals)).not.toContain("High Street")
  })

  it("it refuses what the real library refuses", async () => {
    const payload = eventOf(charge)
    const cases: [string, Record<string, string>][] = [
      [payload, sign(payload)],
      [payload, sign(payload, { at: seconds - 299 })],
      [payload, sign(payload, { at: seconds - 301 })],
      [payload, sign(payload, { by: "whsec_of_another" })],
      [`${payload} `, sign(payload)],
      [payload, { "stripe-signature": sign(payload)["stripe-signature"].replace("v1=", "v0=") }],
      [payload, { "stripe-signature": "" }],
    ]
    const oracle = cases.map(([body, headers]) => {
      try {
        // The last argument is the library's clock, in milliseconds.
        Stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret, 300, undefined, now)
        return 200
      } catch {
        return 401
      }
    })
    const ours = await Promise.all(
      cases.map(
        async ([body, headers]) => (await openIngest(sources).post("/v1/webhooks/stripe", body, headers)).status,
      ),
    )
    expect(ours).toEqual(oracle)
    expect(ours).toEqual([200, 200, 401, 401, 401, 401, 401])
  })

  it("a customer's own event is theirs; without a customer an address is a context of its own, and no customer is no signal", async () => {
    const { post, signals } = openIngest(sources)
    const objects: [object, string][] = [
      [{ object: "customer", id: "cus_2" }, "customer.created"],
      [{ object: "checkout.session", id: "cs_1", customer_email: "eve@example.com" }, "checkout.session.completed"],
      [{ object: "payout", id: "po_1" }, "payout.paid"],
    ]
    for (const [object, type] of objects) {
      const payload = eventOf(object, type).replace("evt_1", `evt_${type}`)
      expect((await post("/v1/webhooks/stripe", payload, sign(payload))).status).toBe(200)
    }
    expect(signals.map(({ identity }) => identity)).toEqual([
      { kind: "stripe.customer", value: "cus_2" },
      { kind: "unproven.email", value: "eve@example.com" },
    ])
  })
})

describe("Shopify", () => {
  const secret = "shpss_of-the-shop"
  const sources: ShopSources = {
    shopify: {
      secret,
      table: {
        "orders/fulfilled": { orderNumber: "order_number", orderStatus: () => "shipped", viewed: "line_items.sku" },
      },
    },
  }
  const order = JSON.stringify({
    id: 820982911946154500,
    order_number: 1042,
    updated_at: "2026-01-15T12:00:00+01:00",
    customer: { id: 115, email: "ada@example.com" },
    line_items: [{ sku: "k1" }, { sku: "k2" }],
  })
  const sign = (body: string, topic = "orders/fulfilled", by = secret) => ({
    "x-shopify-hmac-sha256": createHmac("sha256", by).update(body).digest("base64"),
    "x-shopify-topic": topic,
    "x-shopify-webhook-id": "b54557e4",
    "x-shopify-triggered-at": "2099-01-01T00:00:00Z",
  })

  it("an order becomes facts of its customer, at the time that is signed", async () => {
    const { post, signals } = openIngest(sources)
    expect((await post("/v1/webhooks/shopify", order, sign(order))).status).toBe(200)
    expect(signals).toEqual([
      expect.objectContaining({
        at: Date.UTC(2026, 0, 15, 11),
        identity: { kind: "shopify.customer", value: "115" },
        facts: { orderNumber: "1042", orderStatus: "shipped", viewed: ["k1", "k2"] },
      }),
    ])
  })

  it("a delivery sent again is the same signal, whatever its unsigned headers say", async () => {
    const { post, signals } = openIngest(sources)
    await post("/v1/webhooks/shopify", order, sign(order))
    await post("/v1/webhooks/shopify", order, { ...sign(order), "x-shopify-webhook-id": "another" })
    expect(signals).toHaveLength(1)
  })

  it("not signed with its secret it is refused", async () => {
    const { post } = openIngest(sources)
    expect((await post("/v1/webhooks/shopify", order, sign(order, "orders/fulfilled", "another secret"))).status).toBe(
      401,
    )
    expect((await post("/v1/webhooks/shopify", `${order} `, sign(order))).status).toBe(401)
    expect((await post("/v1/webhooks/shopify", order, {})).status).toBe(401)
  })
})
