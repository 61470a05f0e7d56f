import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { createSqliteStore } from "../store/sqlite-store.ts"
import { createRetention } from "./create-retention.ts"
import { shop as definition, openShop, said, start } from "./shop.fixture.ts"

const root = mkdtempSync(join(tmpdir(), "tellonce-retention-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const user = { kind: "user", value: "1" }
const day = 86_400_000

describe("what may no longer be kept", () => {
  it("is not served from the moment it expires, and then physically gone from the database file", async () => {
    const store = await createSqliteStore({ path: join(root, "data", "tellonce.db") })
    const shop = openShop({ store })
    await shop.send([
      said(user, { facts: { visited: "CANARY-OLD", orderNumber: "STAYS" } }),
      said(user, {
        at: start,
        authority: "record",
        event: { name: "told", facts: { visited: "CANARY-OLD", orderNumber: "STAYS" } },
      }),
    ])
    const files = () =>
      readdirSync(join(root, "data"))
        .map((file) => readFileSync(join(root, "data", file)).toString("latin1"))
        .join("\n")
    shop.pass(day - 1)
    expect(await shop.tellonce.retain()).toBe(0)
    expect((await shop.tellonce.view(user)).visited).toMatchObject({ state: "fresh", value: "CANARY-OLD" })
    shop.pass(1)
    expect((await shop.tellonce.view(user)).visited).toMatchObject({ state: "expired" })
    expect(files()).toContain("CANARY-OLD")
    expect(await shop.tellonce.retain()).toBe(1)
    expect(files()).not.toContain("CANARY-OLD")
    expect((await shop.tellonce.view(user)).orderNumber).toMatchObject({ value: "STAYS" })
    expect(await shop.tellonce.retain()).toBe(0)
    await store.close?.()
  })

  it("is in no answer from the moment it expires, be it removed yet or not", async () => {
    const shop = openShop({ store: createMemoryStore() })
    const facts = { visited: "CANARY-OLD", orderNumber: "STAYS" }
    await shop.send([said(user, { facts }), said(user, { authority: "record", event: { name: "told", facts } })])
    const answers = async () => {
      const paths = ["context", "export"].map((path) => `/v1/${path}?identity=user:1`)
      const texts = []
      for (const path of paths) texts.push((await shop.call(path)).text)
      const request = new Request("http://localhost/v1/stream?identity=user:1", {
        headers: { authorization: "Bearer sk_privacy-tests-secret" },
      })
      const reader = (await shop.tellonce.fetch(request)).body?.getReader()
      let feed = ""
      while (!feed.includes("snapshot")) feed += new TextDecoder().decode((await reader?.read())?.value)
      await reader?.cancel()
      const brief = await shop.call("/v1/handoffs", { body: { identity: user, to: "phone", reason: "asked" } })
      return [...texts, feed, brief.text]
    }
    shop.pass(day - 1)
    expect((await answers()).filter((text) => text.includes("CANARY-OLD"))).toHaveLength(4)
    shop.pass(1)
    for (const text of await answers())
      expect([text.includes("CANARY-OLD"), text.includes("STAYS")]).toEqual([false, true])
    expect((await shop.call("/v1/context?identity=user:1")).body.view.visited.state).toBe("expired")
    const hash = async () => (await shop.call("/v1/hash?identity=user:1")).body.hash
    const before = await hash()
    await shop.tellonce.retain()
    expect(await hash()).toBe(before)
  })

  it("of a log kept for a time leaves what is known, the links, and the proof of every choice", async () => {
    const store = createMemoryStore()
    const shop = openShop({ store, logFor: "90d" })
    await shop.tellonce.link(user, { kind: "email", value: "ada@example.com" }, "shop")
    await shop.send([
      said(user, { facts: { orderNumber: "A-1" }, event: { name: "message", text: "CANARY-TEXT" } }),
      said(user, { facts: { consent: { marketing: "denied" } } }),
    ])
    shop.pass(90 * day)
    const recent = said(user, { at: shop.now(), event: { name: "message", text: "new" } })
    await shop.send([recent])
    expect(await shop.tellonce.retain()).toBe(2)
    expect((await store.log({ keys: ["user:1"] })).map(({ signal }) => signal.facts?.consent ?? signal.event)).toEqual([
      { marketing: "denied" },
      { name: "message", text: "new" },
    ])
    const { identities, context } = await shop.tellonce.customer(user)
    expect(identities).toHaveLength(2)
    expect(JSON.stringify(context.entries)).not.toContain("CANARY-TEXT")
    expect((await shop.tellonce.view(user)).orderNumber.value).toBe("A-1")
  })

  it("cannot come back with a signal that is sent again", async () => {
    const store = createMemoryStore()
    const shop = openShop({ store })
    const old = said(user, { facts: { visited: "CANARY" } })
    await shop.send([old])
    shop.pass(2 * day)
    await shop.tellonce.retain()
    expect((await shop.send([old]))[0].status).toBe("duplicate")
    expect(JSON.stringify([await store.read(["user:1"]), await store.log({ keys: ["user:1"] })])).not.toContain(
      "CANARY",
    )
  })

  it("is of everybody, however many, and counts them", async () => {
    const store = createMemoryStore()
    const shop = openShop({ store })
    const many = Array.from({ length: 250 }, (_, index) =>
      said({ kind: "user", value: `u${index}` }, { facts: { visited: "CANARY" } }),
    )
    await shop.send(many)
    const retention = createRetention({ definition, store, clock: () => start + 2 * day })
    expect(await retention.run()).toBe(250)
    expect(await store.keys({})).toEqual([])
  })

  it("is removed of everybody else when somebody's context cannot be read, which is told at the end", async () => {
    const store = createMemoryStore()
    const shop = openShop({ store })
    await shop.send([said({ kind: "user", value: "0" }, { facts: { visited: "x" } })])
    await shop.send([said(user, { facts: { visited: "CANARY-OLD" } })])
    const ofAnother = JSON.stringify({ name: "other", version: 1, fields: {} })
    await store.sweep(["user:0"], { context: () => ofAnother, signal: ({ signal }) => signal })
    shop.pass(2 * day)
    await expect(shop.tellonce.retain()).rejects.toMatchObject({ code: "context/stranger" })
    expect(JSON.stringify(await store.log({ keys: ["user:1"] }))).not.toContain("CANARY-OLD")
  })
})
