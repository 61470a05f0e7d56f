import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { ServiceStore } from "@tellonce/core"
import { afterEach, describe, expect, it } from "vitest"
import { openShop, said, start } from "../privacy/shop.fixture.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { receiverOf } from "./create-announcer.ts"
import type { WebhookEventName } from "./webhook.ts"

const ada = { kind: "email", value: "ada@example.com" }
const secret = `whsec_${Buffer.from("a secret of twenty-four b").toString("base64")}`
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A receiver that is down until it is told to be up. */
const listen = async (events: readonly WebhookEventName[], answersAfter = 0) => {
  const taken: { readonly id: unknown; readonly type: string; readonly data: object }[] = []
  let isUp = false
  let tries = 0
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk) => (body += chunk))
    request.on("end", () => {
      tries++
      if (isUp) taken.push({ id: request.headers["webhook-id"], ...JSON.parse(body) })
      setTimeout(() => response.writeHead(isUp ? 204 : 503).end(), answersAfter)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  closing.push(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const hook = { url, secret, plain: true, addresses: ["127.0.0.0/8"], events, identities: true } as const
  return { taken, hook, tries: () => tries, up: () => (isUp = true) }
}

/** A process of the service on this store; the clock of the next one is past the leases of this one. */
const open = (store: ServiceStore, hook: Awaited<ReturnType<typeof listen>>["hook"], later = 0) => {
  const shop = openShop({ store, webhooks: [hook], onError: () => {}, clock: () => start + later })
  closing.push(shop.tellonce.close)
  return shop
}

/** Kept by a process that ends before it has looked at what is to be sent. */
const mute = (store: ServiceStore): ServiceStore => ({ ...store, lease: async () => [] })
const hour = 3_600_000

describe("what others are told", () => {
  it("is sent by the next process when the first one ended before it could, under the id it was tried with", async () => {
    const store = createMemoryStore()
    const { hook, taken, tries, up } = await listen(["hold.placed"])
    const first = open(store, hook)
    await first.tellonce.hold(ada, { action: "promote", reason: "A return", owner: "returns" })
    await expect.poll(tries).toBe(1)
    await first.tellonce.close()
    up()
    open(store, hook, hour)
    await expect.poll(() => taken.length).toBe(1)
    expect(taken[0]).toMatchObject({ type: "hold.placed", data: { action: "promote", identity: ada } })
  })

  it("is not told again by the next process when the first one was told to stop as it was on its way", async () => {
    const memory = createMemoryStore()
    let isOpen = true
    const store: ServiceStore = {
      ...memory,
      settle: (settled) => (isOpen ? memory.settle(settled) : Promise.reject(new Error("closed"))),
      async close() {
        isOpen = false
      },
    }
    const { hook, tries, up } = await listen(["hold.placed"], 100)
    up()
    const first = open(store, hook)
    await first.tellonce.hold(ada, { action: "promote", reason: "A return", owner: "returns" })
    await expect.poll(tries).toBe(1)
    await first.tellonce.close()
    expect(await memory.lease({ to: receiverOf(hook), now: start + hour, until: start, limit: 9 })).toEqual([])
  })

  it("is told once, though the signal comes again", async () => {
    const store = createMemoryStore()
    const { hook, taken, up } = await listen(["matter.opened"])
    up()
    const { send } = open(store, hook)
    const signal = said(ada, { matter: "order-1", event: { name: "opened", kind: "order" } })
    for (const _ of [1, 2, 3]) await send([signal])
    await send([said(ada, { matter: "order-2", event: { name: "opened", kind: "order" } })])
    await expect.poll(() => taken.length).toBe(2)
    expect(taken.map(({ data }) => data)).toMatchObject([{ matter: "order-1" }, { matter: "order-2" }])
  })

  it("finds a disagreement that the process that kept it had no time to look for, and tells of it once", async () => {
    const store = createMemoryStore()
    const { hook, taken, up } = await listen(["correction.due"])
    up()
    const first = open(mute(store), hook)
    await first.send([said(ada, { authority: "record", facts: { orderNumber: "A-1" } })])
    await first.tellonce.told(ada, { channel: "web", facts: { orderNumber: "A-2" } })
    const second = open(store, hook, hour)
    await expect.poll(() => taken.length).toBe(1)
    expect(taken[0]).toMatchObject({ type: "correction.due", data: { field: "orderNumber" } })
    await second.send([said(ada, { authority: "record", facts: { orderNumber: "A-1" } })])
    await expect.poll(() => store.lease({ to: "look", now: start + 9 * hour, until: start, limit: 9 })).toEqual([])
    expect(taken).toHaveLength(1)
  })

  it("of a customer who is erased nothing more is sent but that, until it is taken; and it waits unreadable", async () => {
    const store = createMemoryStore()
    const { hook, taken, up } = await listen(["hold.placed", "subject.erased"])
    const first = open(mute(store), hook)
    await first.tellonce.hold(ada, { action: "promote", reason: "A return", owner: "returns" })
    await first.tellonce.erase(ada)
    const waiting = await store.lease({ to: receiverOf(hook), now: start, until: start, limit: 9 })
    expect(waiting).toHaveLength(1)
    expect(JSON.stringify(waiting)).not.toContain("ada@")
    up()
    open(store, hook, hour)
    await expect.poll(() => taken.length).toBe(1)
    expect(taken[0]).toMatchObject({ type: "subject.erased", data: { scope: "customer", identity: ada } })
  })
})

it("a receiver that is listed twice, and a secret that is none, are refused at the start", async () => {
  const { hook } = await listen(["hold.placed"])
  const store = createMemoryStore()
  expect(() => openShop({ store, webhooks: [hook, hook] })).toThrow(/same URL/)
  expect(() => openShop({ store, webhooks: [{ ...hook, secret: "short" }] })).toThrow(/whsec_/)
})

it.each([`whsec_${"-_".repeat(20)}`, `whsec_${"A".repeat(33)}`, `whsec_${"A".repeat(28)}`, "A".repeat(40)])(
  "%s is no secret of a webhook, which is said at the start",
  (wrong) => {
    const hook = { url: "https://shop.example/hook", secret: wrong, events: ["hold.placed"] } as const
    expect(() => openShop({ store: createMemoryStore(), webhooks: [hook] })).toThrow(
      expect.objectContaining({ code: "config/webhook" }),
    )
  },
)
