import { createTellonce, type Tellonce } from "@tellonce/node"
import { createPostgresStore, type PostgresStore } from "@tellonce/postgres"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { keys, shop } from "../service-under-test.ts"
import { type Postgres, startPostgres } from "./start-postgres.ts"

type Shop = Tellonce<typeof shop.fields>

const ada = { kind: "user", value: "ada" } as const
const mail = { kind: "email", value: "ada@example.com" } as const

const bob = { kind: "user", value: "bob" } as const

/** Four times as long ago a transaction that is committed now may have begun. */
const statementTimeout = 750

let postgres: Postgres
let database: string
let stores: readonly PostgresStore[]
let services: readonly [Shop, Shop]

beforeAll(async () => {
  postgres = await startPostgres()
  database = await postgres.createDatabase()
  const start = () => createPostgresStore({ connection: postgres.url(database), statementTimeout })
  const [one, two] = await Promise.all([start(), start()])
  stores = [one, two]
  const serve = (store: PostgresStore) => createTellonce({ context: shop, store, keys, log: false })
  services = [serve(one), serve(two)]
  await services[0].link(ada, mail, "crm")
}, 60_000)
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()))
  await postgres.stop()
})

const say = (service: Shop, identity: typeof ada | typeof mail | typeof bob, ...orders: readonly string[]) =>
  service.record(orders.map((orderNumber) => ({ identity, channel: "web", source: "page", facts: { orderNumber } })))

/** A reader of one customer, and all orders it has heard of in signals. */
const listen = async (service: Shop, { who = "ada", lastEventId = "" } = {}) => {
  const response = await service.fetch(
    new Request(`http://shop/v1/stream?identity=user:${who}`, {
      headers: { authorization: `Bearer ${keys.secret}`, ...(lastEventId && { "last-event-id": lastEventId }) },
    }),
  )
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const heard = {
    text: "",
    orders: (): readonly string[] => [...heard.text.matchAll(/"orderNumber":"(.*?)"/g)].map(([, order]) => order ?? ""),
  }
  const pump = async () => {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }))
      if (done) return
      heard.text += new TextDecoder().decode(value)
    }
  }
  void pump()
  await expect.poll(() => heard.text, { timeout: 5_000 }).toMatch(/event: (snapshot|signals)/)
  return {
    orders: heard.orders,
    events: () => [...heard.text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name),
    lastId: () => [...heard.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
    close: () => reader.cancel(),
  }
}

it("a reader on one node misses nothing of what both write, to either identity of the customer", async () => {
  const feed = await listen(services[1])
  const orders = Array.from({ length: 60 }, (_, index) => `both-${index}`)
  await Promise.all(
    orders.map((order, index) => say(services[index % 2 === 0 ? 0 : 1], index % 3 === 0 ? ada : mail, order)),
  )
  await expect.poll(() => new Set(feed.orders()).size, { timeout: 8_000 }).toBeGreaterThanOrEqual(60)
  expect(orders.filter((order) => !feed.orders().includes(order))).toEqual([])
  await feed.close()
})

it("a reader that comes back to another node gets all it missed, each in its order and without beginning anew", async () => {
  await say(services[0], bob, "before")
  const feed = await listen(services[0], { who: "bob" })
  await say(services[0], bob, "seen")
  await expect.poll(feed.orders, { timeout: 4_000 }).toContain("seen")
  const lastEventId = feed.lastId()
  expect(lastEventId).toMatch(/^\d{16}$/)
  await feed.close()
  const missed = Array.from({ length: 40 }, (_, index) => `missed-${index}`)
  for (const [index, order] of missed.entries()) await say(services[index % 2 === 0 ? 0 : 1], bob, order)
  const again = await listen(services[1], { who: "bob", lastEventId })
  await expect.poll(() => again.orders().includes("missed-39"), { timeout: 4_000 }).toBe(true)
  // What was written just now may come a second time.
  expect([...new Set(again.orders().filter((order) => order.startsWith("missed")))]).toEqual(missed)
  expect(again.events()).not.toContain("reset")
  await again.close()
}, 20_000)

it("what was numbered before the last event a reader saw, and committed after, is not lost to it", async () => {
  // A link that may be among what was missed would begin the feed anew: this one is to be too old for that.
  await new Promise((resolve) => setTimeout(resolve, 4 * statementTimeout))
  // As a writer that is slow between the two: it has its place in the log, and nobody sees it yet.
  const slow = new pg.Client({
    connectionString: `postgres://tellonce@127.0.0.1:${postgres.servers[0]?.port}/${database}`,
  })
  await slow.connect()
  const feed = await listen(services[1])
  await say(services[0], ada, "first")
  await expect.poll(feed.orders, { timeout: 5_000 }).toContain("first")
  const [stored] = (await stores[0]?.read(["email:ada@example.com"])) ?? []
  const seq = (stored?.seq ?? 0) + 1
  const body = JSON.stringify({
    ...{ id: "late", at: 1, identity: mail, authority: "customer", channel: "web", source: "slow" },
    facts: { orderNumber: "late" },
  })
  await slow.query("BEGIN; SET LOCAL tellonce.tenant = '='")
  const { rows } = await slow.query<{ bucket: number }>(
    "SELECT bucket FROM tellonce.context WHERE identity = $1 FOR UPDATE",
    ["email:ada@example.com"],
  )
  const bucket = rows[0]?.bucket
  const now = Date.now() * 1_000
  expect(seq).toBeLessThan(now)
  await slow.query("INSERT INTO tellonce.signal VALUES ('', $1, $2, $3, $4, $5)", [
    bucket,
    `${mail.kind}:${mail.value}`,
    now,
    now / 1_000,
    body,
  ])
  await slow.query("UPDATE tellonce.context SET seq = $1 WHERE identity = $2", [now, "email:ada@example.com"])
  await say(services[0], ada, "second")
  await expect.poll(feed.orders, { timeout: 5_000 }).toContain("second")
  const lastEventId = feed.lastId()
  expect(Number(lastEventId)).toBeGreaterThan(now)
  await feed.close()
  await slow.query("COMMIT")
  await slow.end()
  const again = await listen(services[0], { lastEventId })
  await expect.poll(again.orders, { timeout: 4_000 }).toContain("late")
  expect(again.events()).not.toContain("reset")
  await again.close()
}, 20_000)

it("an erasure on one node resets the readers on the other", async () => {
  const feed = await listen(services[1])
  const gone = { context: () => undefined, signal: () => undefined, forgetDuplicates: true }
  await stores[0]?.sweep(["user:ada"], gone)
  await expect.poll(() => feed.events().includes("reset"), { timeout: 5_000 }).toBe(true)
  await feed.close()
})
