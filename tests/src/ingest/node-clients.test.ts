import { jitsuAnalytics } from "@jitsu/js"
import RudderAnalytics from "@rudderstack/rudder-sdk-node"
import { Analytics } from "@segment/analytics-node"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type IngestUnderTest, segment, startIngest, writeKeys } from "./ingest-under-test.ts"

// Clients that wait before they try again, on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 })
const patient = { timeout: 20_000 }

let under: IngestUnderTest
beforeEach(async () => {
  under = await startIngest({ segment })
})
afterEach(() => under.close())

const ada = { kind: "user", value: "u1" }
const eventsOf = async (key: string) => (await under.log(key)).map(({ event }) => event?.name)

describe("@segment/analytics-node, unchanged but for the host", () => {
  const connect = (writeKey = writeKeys.secret, options = {}) =>
    new Analytics({ writeKey, host: under.url, flushInterval: 20, ...options })

  it("a backend's order becomes facts of its user, with the authority of a system of record", async () => {
    const analytics = connect()
    analytics.track({ userId: "u1", event: "Order Completed", properties: { order_id: "A-1042", total: 49.9 } })
    await analytics.closeAndFlush()
    const view = await under.tellonce.view(ada)
    expect(view.orderNumber).toMatchObject({ value: "A-1042", authority: "record", channel: "backend" })
    expect(view.spent.value).toBe(49.9)
    expect(view.orderStatus.value).toBe("placed")
    expect((await under.log("user:u1"))[0]).toMatchObject({ matter: "order:A-1042", event: { name: "checkout.done" } })
    expect(under.seen).toMatchObject([{ method: "POST", path: "/v1/batch", status: 200 }])
    expect(under.errors).toEqual([])
  })

  it("its identify joins what the anonymous visitor did, for the backend knows", async () => {
    const analytics = connect()
    analytics.track({ anonymousId: "a1", event: "Product Viewed", properties: { name: "Kettle" } })
    analytics.identify({ userId: "u1", anonymousId: "a1", traits: { name: "Ada", email: "ada@example.com" } })
    await analytics.closeAndFlush()
    const view = await under.tellonce.view(ada)
    expect(view.fullName.value).toBe("Ada")
    expect(view.viewed.value).toEqual(["Kettle"])
    const { identities } = await under.tellonce.customer(ada)
    expect([...identities].sort()).toEqual(["anonymous:a1", "user:u1"])
  })

  it("fifty events travel in batches, and each is kept once", async () => {
    const analytics = connect(writeKeys.secret, { maxEventsInBatch: 20 })
    for (let i = 0; i < 50; i++) analytics.track({ userId: "u1", event: "Clicked", properties: { i } })
    await analytics.closeAndFlush()
    const logged = await under.log("user:u1")
    expect(logged).toHaveLength(50)
    expect(new Set(logged.map(({ id }) => id)).size).toBe(50)
    expect(under.seen.length).toBeLessThanOrEqual(4)
  })

  it("what was kept before its answer was lost is sent again and counts once", async () => {
    let isLost = true
    await under.close()
    const lost = await startIngest(
      { segment },
      {
        record: async (signals, options) => {
          const results = await lost.tellonce.record(signals, options)
          if (!isLost) return results
          isLost = false
          throw new Error("the answer is lost on its way")
        },
      },
    )
    under = lost
    const analytics = connect()
    analytics.track({ userId: "u1", event: "Clicked" })
    await analytics.closeAndFlush()
    expect(lost.seen.map(({ status }) => status)).toEqual([500, 200])
    expect(lost.seen[1]?.headers.get("x-retry-count")).toBe("1")
    expect(await eventsOf("user:u1")).toEqual(["Clicked"])
  })

  it("503 and 429 with a wait are waited for", async () => {
    under.failNext(() => new Response(null, { status: 503 }), 1)
    under.failNext(() => new Response(null, { status: 429, headers: { "retry-after": "0" } }), 1)
    const analytics = connect()
    analytics.track({ userId: "u1", event: "Clicked" })
    await analytics.closeAndFlush()
    expect(under.seen.map(({ status }) => status)).toEqual([503, 429, 200])
    expect(await eventsOf("user:u1")).toEqual(["Clicked"])
  })

  it("an unknown key is answered 401, once", async () => {
    const analytics = connect("sk_of-somebody-else")
    analytics.on("error", () => {})
    analytics.track({ userId: "u1", event: "Clicked" })
    await analytics.closeAndFlush()
    expect(under.seen.map(({ status }) => status)).toEqual([401])
    expect(await under.log("user:u1")).toEqual([])
  })

  it("a bad event is answered like a good one, and reported: it costs the others nothing and is not repeated", async () => {
    const analytics = connect()
    analytics.track({ userId: "u1", event: "Order Completed", properties: { order_id: { nested: true }, total: 5 } })
    analytics.track({ userId: "null", event: "Clicked" })
    analytics.track({ userId: "u1", event: "Clicked" })
    await analytics.closeAndFlush()
    expect(under.seen.map(({ status }) => status)).toEqual([200])
    expect(await eventsOf("user:u1")).toEqual(["checkout.done", "Clicked"])
    expect((await under.tellonce.view(ada)).spent.value).toBe(5)
    expect(under.errors.map(String)).toEqual([
      expect.stringMatching(/fact\/wrong_type × 1.*identity\/blocked × 1|identity\/blocked × 1.*fact\/wrong_type × 1/),
    ])
  })

  it("a time that the backend gives is kept to the millisecond, and the future is not", async () => {
    const yesterday = new Date(Date.now() - 86_400_000)
    const analytics = connect()
    analytics.track({ userId: "u1", event: "Early", timestamp: yesterday })
    analytics.track({ userId: "u1", event: "Late", timestamp: new Date(Date.now() + 86_400_000) })
    await analytics.closeAndFlush()
    const logged = await under.log("user:u1")
    expect(logged.find(({ event }) => event?.name === "Early")?.at).toBe(yesterday.getTime())
    expect(logged.find(({ event }) => event?.name === "Late")?.at).toBeLessThanOrEqual(Date.now())
  })

  it("an alias of a backend joins, an alias to itself is nothing", async () => {
    const analytics = connect()
    analytics.alias({ userId: "u1", previousId: "0a2ba2a6-8c1b-4f0e-9d3c-1f6a6d1f7c11" })
    analytics.alias({ userId: "u1", previousId: "u1" })
    await analytics.closeAndFlush()
    const { identities } = await under.tellonce.customer(ada)
    expect([...identities].sort()).toEqual(["anonymous:0a2ba2a6-8c1b-4f0e-9d3c-1f6a6d1f7c11", "user:u1"])
    expect(under.errors).toEqual([])
  })
})

describe("@rudderstack/rudder-sdk-node, unchanged but for the data plane", () => {
  it("its gzipped form-typed JSON is read, the first event alone and the rest in a batch", async () => {
    const rudder = new RudderAnalytics(writeKeys.secret, { dataPlaneUrl: under.url, flushInterval: 20 })
    for (const name of ["One", "Two", "Three"]) rudder.track({ userId: "u1", event: name })
    rudder.identify({ userId: "u1", anonymousId: "a1", traits: { name: "Ada" } })
    await expect
      .poll(() => eventsOf("user:u1"), patient)
      .toEqual(expect.arrayContaining(["One", "Two", "Three", "linked"]))
    expect((await under.tellonce.view(ada)).fullName.value).toBe("Ada")
    expect(under.seen.every(({ path, status }) => path === "/v1/batch" && status === 200)).toBe(true)
    expect(under.seen[0]?.headers.get("content-encoding")).toBe("gzip")
    expect(under.seen[0]?.headers.get("content-type")).toContain("x-www-form-urlencoded")
    expect(under.errors).toEqual([])
  })
})

describe("@jitsu/js in a server, unchanged but for the host", () => {
  it("its calls are kept, its masked key notwithstanding", async () => {
    const jitsu = jitsuAnalytics({ host: under.url, writeKey: `tellonce:${writeKeys.secret}`, s2s: true })
    await jitsu.track("Order Completed", { userId: "u1", order_id: "A-7", total: 3 })
    await jitsu.identify("u1", { name: "Ada" })
    await jitsu.track("Order Completed", { order_id: "A-8", total: 3 })
    await expect.poll(async () => (await under.tellonce.view(ada)).orderNumber.value, patient).toBe("A-8")
    expect((await under.tellonce.view(ada)).fullName.value).toBe("Ada")
    expect(under.seen.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/api/s/s2s/track", "/api/s/s2s/identify"]),
    )
    expect(under.seen.every(({ status }) => status === 200)).toBe(true)
  })
})
