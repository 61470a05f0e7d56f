import { createMemoryStore } from "@tellonce/node"
import { afterEach, beforeEach, expect, it } from "vitest"
import type { Journal } from "../journal.ts"
import { createPromotion } from "../mail/create-promotion.ts"
import { openService } from "../open-service.ts"
import { createOrderSystem, type OrderEntry, type OrderSystem } from "../orders/create-order-system.ts"
import { createShopBot } from "./create-shop-bot.ts"

const ada = { kind: "email", value: "ada@example.com" }
const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }
const wishes = { intent: "return", orderNumber: "A-1042", problem: "broken", wish: "replacement" } as const

let now: number
let orders: OrderSystem
let service: ReturnType<typeof openService>["tellonce"]
let sent: number

beforeEach(async () => {
  now = Date.now()
  sent = 0
  const clock = () => now
  const journal: Journal<OrderEntry> = { entries: [], append: async () => {} }
  // Its events get lost: all that is known of the stock has to be asked for.
  orders = await createOrderSystem({ journal, publish: async () => {}, clock })
  await orders.expect(ada.value)
  service = openService({ store: createMemoryStore(), keys, ordersUrl: () => orders.url, clock }).tellonce
  const place = { channel: "web-chat", source: "test", authority: "customer" } as const
  await service.record([{ identity: ada, ...place, facts: wishes }])
})
afterEach(() => orders.close())

const answer = () => createShopBot(service).answer(ada)
const promote = () =>
  createPromotion(service, async () => {
    sent += 1
  })(ada)
const promised = async () => (await service.view(ada)).$.promised.map(({ value }) => value.what)

it("what the order system has is promised", async () => {
  expect(await answer()).toContain("we promise you a new Hand blender")
  expect(await promised()).toEqual(["a new Hand blender"])
})

it("what has sold out without a word is not promised", async () => {
  await orders.stock("Hand blender", true)
  expect(await answer()).toContain("The Hand blender is sold out")
  expect(await promised()).toEqual([])
})

it("what sold out after an answer is not promised, once that answer has grown old", async () => {
  await answer()
  await orders.stock("Hand blender", true)
  now += 2_000
  expect(await answer()).toContain("The Hand blender is sold out")
  expect(await promised()).toHaveLength(1)
})

it("while the order system is away nothing is promised and nothing promoted", async () => {
  await orders.close()
  expect(await answer()).toContain("I cannot see the stock right now.")
  expect(await promised()).toEqual([])
  expect(await promote()).toEqual({ sent: false, reasons: ["The stock cannot be seen right now."] })
  expect(sent).toBe(0)
})

it("a complaint holds promotions back, whoever has heard of it, and what is sold out is not promoted after it", async () => {
  await answer()
  expect(await promote()).toEqual({ sent: false, reasons: ["A complaint is open. Settle it first."] })
  const [complaint] = (await service.view(ada)).$.matters
  now += 2_000
  await service.closeMatter(ada, complaint?.matter ?? "", {})
  await orders.stock("Copper kettle", true)
  expect(await promote()).toEqual({ sent: false, reasons: ["The Copper kettle is sold out. Wait until it is back."] })
  await orders.stock("Copper kettle", false)
  now += 2_000
  expect(await promote()).toEqual({ sent: true, item: "Copper kettle" })
  expect(sent).toBe(1)
})

it("a delay is told once, however many tabs ask at once", async () => {
  const facts = { orderStatus: "delayed", deliveryDate: "2026-11-27" } as const
  await service.record([{ identity: ada, authority: "record", channel: "backend", source: "test", facts }])
  const bot = createShopBot(service)
  const news = await Promise.all([bot.news(ada), bot.news(ada), bot.news(ada)])
  expect(news.filter((text) => text !== undefined)).toHaveLength(1)
  expect(await bot.news(ada)).toBeUndefined()
})
