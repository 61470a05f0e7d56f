import { createHmac } from "node:crypto"
import { checkoutStruggle, runTells } from "@tellonce/core/tells"
import { CloudEvent, HTTP } from "cloudevents"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type IngestUnderTest, segment, startIngest, writeKeys } from "./ingest-under-test.ts"

let under: IngestUnderTest
let now = Date.now()
const secret = "the-secret-of-the-chat"
beforeEach(async () => {
  now = Date.now()
  under = await startIngest(
    {
      segment,
      cloudEvents: {
        table: { "com.acme.parcel.delayed": { orderStatus: () => "delayed", orderNumber: "data.order" } },
      },
      chatwoot: { secret, table: { message: { orderNumber: ({ text }) => /A-\d+/.exec(text)?.[0] } } },
    },
    { clock: () => now },
  )
})
afterEach(() => under.close())

const ada = { kind: "user", value: "u1" }
const post = (path: string, body: unknown, headers: Record<string, string>) =>
  fetch(under.url + path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers })
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` })
const delayed = (rest: object = {}) => {
  const { headers, body } = HTTP.binary(
    new CloudEvent({
      id: "e1",
      source: "/carrier",
      type: "com.acme.parcel.delayed",
      subject: "user/u1",
      time: new Date(now - 1_000).toISOString(),
      data: { order: "A-1042" },
      ...rest,
    }),
  )
  return post("/v1/events", body as string, {
    ...(headers as Record<string, string>),
    authorization: `Bearer ${writeKeys.secret}`,
  })
}

describe("a delay that the carrier announces", () => {
  it("stands above what the customer was told, and reaches whoever is watching", async () => {
    await under.tellonce.record([
      {
        identity: ada,
        channel: "web-chat",
        source: "bot",
        authority: "customer",
        facts: { orderStatus: "in transit" },
      },
    ])
    const handle = await under.tellonce.open(ada)
    const seen = new Promise((resolve) => handle.subscribe((view) => resolve(view.orderStatus.value)))
    expect((await delayed()).status).toBe(200)
    expect(await seen).toBe("delayed")
    handle.close()
    expect((await under.tellonce.view(ada)).orderStatus).toMatchObject({
      value: "delayed",
      authority: "record",
      channel: "backend",
      at: now - 1_000,
    })
  })

  it("announced twice, it is one statement", async () => {
    await delayed()
    expect((await delayed()).status).toBe(200)
    expect(await under.log("user:u1")).toHaveLength(1)
  })

  it("of a customer that does not exist or of long ago is told so", async () => {
    expect((await delayed({ subject: "user/null" })).status).toBe(400)
    const old = await delayed({ time: new Date(now - 40 * 86_400_000).toISOString() })
    expect([old.status, (await old.json()).error.code]).toEqual([400, "signal/too_old"])
  })
})

describe("clocks", () => {
  const hour = 3_600_000
  const track = (event: string, at: number, rest: object = {}) => ({
    type: "track",
    event,
    anonymousId: "a1",
    messageId: event,
    timestamp: new Date(at).toISOString(),
    ...rest,
  })
  const atOf = async (event: string) =>
    (await under.log("anonymous:a1")).find((signal) => signal.event?.name === event)?.at

  it("a browser that is two hours behind is set right, one that is seconds behind is left alone", async () => {
    const behind = { sentAt: new Date(now - 2 * hour).toISOString(), batch: [track("slow", now - 2 * hour - 5_000)] }
    await post("/v1/b", behind, basic(writeKeys.publishable))
    const close = { sentAt: new Date(now - 20_000).toISOString(), batch: [track("close", now - 25_000)] }
    await post("/v1/b", close, basic(writeKeys.publishable))
    expect(await atOf("slow")).toBe(now - 5_000)
    expect(await atOf("close")).toBe(now - 25_000)
  })

  it("a browser from the future does not win by it", async () => {
    await post("/v1/t", track("future", now + 10 * hour), basic(writeKeys.publishable))
    expect(await atOf("future")).toBe(now)
  })
})

it("tells listen to Segment's ecommerce events under the names they come by", async () => {
  const steps = [1, 2, 1, 2, 1]
  const batch = steps.map((step, index) => ({
    type: "track",
    event: "Checkout Step Viewed",
    userId: "u1",
    messageId: `step-${index}`,
    timestamp: new Date(now - 60_000 + index * 1_000).toISOString(),
    properties: { step },
  }))
  await post("/v1/batch", { batch }, basic(writeKeys.secret))
  const tell = checkoutStruggle({ fact: { orderStatus: "stuck" } })
  const inferred = runTells([tell], await under.log("user:u1"))
  expect(inferred).toMatchObject([{ authority: "inferred", facts: { orderStatus: "stuck" }, identity: ada }])
})

describe("a chat's webhook", () => {
  const say = (verified: boolean) => {
    const body = JSON.stringify({
      event: "message_created",
      id: 41,
      content: "Where is A-1042?",
      message_type: "incoming",
      created_at: Math.floor(now / 1_000),
      account: { id: 1 },
      sender: { id: 7, identifier: "u1", type: "contact" },
      conversation: { id: 9, channel: "Channel::WebWidget", contact_inbox: { hmac_verified: verified } },
    })
    const time = `${Math.floor(now / 1_000)}`
    const signature = `sha256=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`
    return post("/v1/webhooks/chatwoot", body, { "x-chatwoot-timestamp": time, "x-chatwoot-signature": signature })
  }

  it("told nothing by the site, the contact is a stranger whose claim is shown and joins nobody", async () => {
    expect((await say(false)).status).toBe(200)
    expect((await under.tellonce.view(ada)).orderNumber.value).toBeUndefined()
    const contact = { kind: "chatwoot.contact", value: "7" }
    expect((await under.tellonce.view(contact)).orderNumber).toMatchObject({ value: "A-1042", authority: "customer" })
    expect((await under.tellonce.customer(contact)).identities).toEqual(["chatwoot.contact:7"])
  })

  it("signed for by the site, what they write is what the user said", async () => {
    await say(true)
    expect((await under.tellonce.view(ada)).orderNumber).toMatchObject({ value: "A-1042", channel: "web-chat" })
  })
})

it("the service's own paths stay its own", async () => {
  expect((await fetch(`${under.url}/healthz`)).status).toBe(200)
  expect((await post("/v1/signals", { signals: [] }, {})).status).toBe(401)
})

it("an erased customer does not come back through a foreign client, and the client is not made to repeat itself", async () => {
  const track = { type: "track", event: "Clicked", userId: "u1", messageId: "m1" }
  await post("/v1/t", track, basic(writeKeys.secret))
  await under.tellonce.erase(ada)
  const response = await post("/v1/t", { ...track, messageId: "m2" }, basic(writeKeys.secret))
  expect(response.status).toBe(200)
  expect(await under.log("user:u1")).toEqual([])
  expect(under.errors.map(String)).toEqual([expect.stringContaining("signal/erased × 1")])
})
