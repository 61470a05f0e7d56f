import { defineContext, latest } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { keys, openShop, said, start } from "./shop.fixture.ts"

const ada = { kind: "email", value: "ada@example.com" }
const user = { kind: "user", value: "1" }
const open = () => {
  const store = createMemoryStore()
  return { store, ...openShop({ store }) }
}
const choose = (shop: ReturnType<typeof open>, choices: object, identity: object = ada, more: object = {}) =>
  shop.call("/v1/consent", { method: "PUT", body: { identity, choices, source: "banner", ...more } })
const everything = async (store: ReturnType<typeof createMemoryStore>, ...known: readonly string[]) =>
  JSON.stringify([await store.read(known), await store.log({ keys: known })])

interface Failure {
  readonly error: { readonly code: string }
}

describe("consent", () => {
  it("a choice is kept with the version and text they saw, and its history is told", async () => {
    const shop = open()
    const textHash = "a".repeat(64)
    expect(
      (await choose(shop, { marketing: "granted" }, ada, { version: "7", textHash, jurisdiction: "DE" })).body.state,
    ).toEqual({
      marketing: "granted",
    })
    shop.pass(1_000)
    await choose(shop, { marketing: "denied" })
    const { body } = await shop.call("/v1/consent?identity=email:ada@example.com")
    expect(body.state).toEqual({ marketing: "denied" })
    expect(body.history).toMatchObject([
      {
        at: start,
        choices: { marketing: "granted" },
        version: "7",
        textHash,
        jurisdiction: "DE",
        source: "banner",
        identity: "email:ada@example.com",
      },
      { at: start + 1_000, choices: { marketing: "denied" } },
    ])
  })

  it("a definition without a consent field says what to declare", async () => {
    const bare = defineContext({ name: "bare", version: 1, fields: { name: latest(z.string()) } })
    const store = createMemoryStore()
    const tellonce = createTellonce({ context: bare, store, keys, log: false })
    const request = (method: string, body?: string) =>
      new Request("http://localhost/v1/consent?identity=user:1", {
        method,
        headers: { authorization: `Bearer ${keys.secret}` },
        ...(body && { body }),
      })
    const put = await tellonce.fetch(
      request("PUT", JSON.stringify({ identity: user, choices: { a: "granted" }, source: "x" })),
    )
    expect([put.status, ((await put.json()) as Failure).error.code]).toEqual([422, "consent/no_field"])
    expect(((await (await tellonce.fetch(request("GET"))).json()) as Failure).error.code).toBe("consent/no_field")
    expect(() => createTellonce({ context: bare, store, keys, gpc: ["sale"] })).toThrow(/consent\(\)/)
  })

  it("nothing is kept for a purpose nobody agreed to, and one granted purpose of several is enough", async () => {
    const shop = open()
    const segment = said(ada, { facts: { segment: "CANARY-1" } })
    expect(await shop.send([segment, said(ada, { facts: { orderNumber: "A-1" } })])).toMatchObject([
      { status: "rejected", code: "consent/denied" },
      { status: "accepted" },
    ])
    await choose(shop, { analytics: "granted" })
    expect(await shop.send([said(ada, { facts: { lastAdvert: "shoes" } }), segment])).toMatchObject([
      { status: "accepted" },
      { code: "consent/denied" },
    ])
    expect(await shop.send([said(ada, { event: { name: "told", facts: { segment: "CANARY-1" } } })])).toMatchObject([
      { code: "consent/denied" },
    ])
    expect(await everything(shop.store, "email:ada@example.com")).not.toContain("CANARY-1")
  })

  it("a grant in the same batch counts, wherever in it; a denial in it counts more", async () => {
    const shop = open()
    const grant = said(ada, { facts: { consent: { marketing: "granted" } } })
    const denial = said(ada, { facts: { consent: { marketing: "denied" } } })
    const fact = () => said(ada, { facts: { segment: "vip" } })
    expect(await shop.send([fact(), grant])).toMatchObject([{ status: "accepted" }, { status: "accepted" }])
    expect(await shop.send([denial, fact(), said(ada, { ...grant, id: "again" })])).toMatchObject([
      { status: "accepted" },
      { code: "consent/denied" },
      { status: "accepted" },
    ])
  })

  it("a bot and a model cannot agree for the customer, and may pass on a refusal", async () => {
    const shop = open()
    const results = await shop.send([
      said(ada, { authority: "inferred", facts: { consent: { marketing: "granted" } } }),
      said(ada, { authority: "bot", facts: { consent: { marketing: "denied" } } }),
      said(ada, { facts: { segment: "vip" } }),
    ])
    expect(results).toMatchObject([{ code: "consent/not_given" }, { status: "accepted" }, { code: "consent/denied" }])
  })

  it("withdrawing removes what is kept for that purpose from contexts and log, of every identity, and it cannot be sent again", async () => {
    const shop = open()
    await choose(shop, { marketing: "granted", analytics: "granted" }, user)
    await shop.tellonce.link(user, ada, "shop")
    const facts = { segment: "CANARY-2", lastAdvert: "kept", orderNumber: "kept-too" }
    const old = said(ada, { facts })
    await shop.send([old, said(ada, { event: { name: "told", facts: { segment: "CANARY-2", orderNumber: "told" } } })])
    expect(await everything(shop.store, "email:ada@example.com")).toContain("CANARY-2")
    shop.pass(1)
    expect((await choose(shop, { marketing: "denied" }, user)).status).toBe(200)
    const left = await everything(shop.store, "user:1", "email:ada@example.com")
    expect(left).not.toContain("CANARY-2")
    expect(left).toContain("kept-too")
    expect(left).toContain('"lastAdvert":"kept"')
    expect((await shop.send([old]))[0].code).toBe("consent/denied")
  })

  it("joining somebody who refused removes what the other had agreed to", async () => {
    const shop = open()
    await choose(shop, { marketing: "granted" }, ada)
    await shop.send([said(ada, { facts: { segment: "CANARY-3" } })])
    await choose(shop, { marketing: "denied" }, user)
    expect(await everything(shop.store, "email:ada@example.com")).toContain("CANARY-3")
    await shop.tellonce.link(user, ada, "shop")
    expect(await everything(shop.store, "email:ada@example.com", "user:1")).not.toContain("CANARY-3")
  })

  it("a visitor chooses for themself alone", async () => {
    const shop = open()
    const { token } = await shop.visitor()
    const own = await shop.call("/v1/consent", {
      method: "PUT",
      credential: token,
      body: { choices: { marketing: "granted" }, source: "banner" },
    })
    expect(own.body.state).toEqual({ marketing: "granted" })
    const other = await shop.call("/v1/consent", {
      method: "PUT",
      credential: token,
      body: { identity: ada, choices: { marketing: "granted" }, source: "banner" },
    })
    expect([other.status, other.body.error.code]).toEqual([403, "access/denied"])
    expect(
      (await shop.send([{ ...said(ada, { facts: { segment: "mine" } }), identity: undefined }], token))[0].status,
    ).toBe("accepted")
  })
})

describe("Global Privacy Control", () => {
  const consentOf = async (shop: ReturnType<typeof open>, token: string) =>
    (await shop.call("/v1/consent", { credential: token })).body

  it("is honoured on the very first request, of several headers one is enough", async () => {
    for (const value of ["1", "0, 1", " 1 "]) {
      const shop = open()
      const { token } = await shop.visitor({ "sec-gpc": value })
      expect((await consentOf(shop, token)).state).toEqual({ marketing: "denied", sale: "denied" })
      expect(
        (await shop.send([{ ...said({}, { facts: { segment: "x" } }), identity: undefined }], token))[0].code,
      ).toBe("consent/denied")
    }
  })

  it("is on the request that writes: what comes with it is refused", async () => {
    const shop = open()
    const { token } = await shop.visitor()
    await shop.call("/v1/consent", {
      method: "PUT",
      credential: token,
      body: { choices: { marketing: "granted" }, source: "banner" },
    })
    shop.pass(1)
    const { identity: _none, ...fact } = said({}, { facts: { segment: "x" } })
    const { body } = await shop.call("/v1/signals", {
      body: { signals: [fact] },
      credential: token,
      headers: { "sec-gpc": "1" },
    })
    expect(body.results[0].code).toBe("consent/denied")
  })

  it.each(["0", "true", "yes", "01", "1;1", ""])("any other value says nothing: %j", async (value) => {
    const shop = open()
    const { token } = await shop.visitor({ "sec-gpc": value })
    expect((await consentOf(shop, token)).state).toEqual({})
  })

  it("is recorded once, and what they choose by name afterwards counts", async () => {
    const shop = open()
    const { token } = await shop.visitor({ "sec-gpc": "1" })
    for (let request = 0; request < 3; request++)
      await shop.call("/v1/context", { credential: token, headers: { "sec-gpc": "1" } })
    expect((await consentOf(shop, token)).history).toHaveLength(1)
    shop.pass(1)
    const put = {
      method: "PUT",
      credential: token,
      body: { choices: { marketing: "granted" }, source: "banner" },
      headers: { "sec-gpc": "1" },
    }
    expect((await shop.call("/v1/consent", put)).body.state).toEqual({ marketing: "granted", sale: "denied" })
  })

  it("a server's own request means nobody's browser", async () => {
    const shop = open()
    await shop.call("/v1/context?identity=user:1", { headers: { "sec-gpc": "1" } })
    expect((await shop.call("/v1/consent?identity=user:1")).body.state).toEqual({})
  })

  it("recorded once is not recorded again against what they chose since, however long ago it was", async () => {
    const store = createMemoryStore()
    const visit = async (shop: ReturnType<typeof openShop>) =>
      shop.call("/v1/context", { credential: await shop.customer(ada), headers: { "sec-gpc": "1" } })
    const shop = openShop({ store })
    await visit(shop)
    shop.pass(1)
    await choose(shop as never, { marketing: "granted" })
    shop.pass(36 * 86_400_000)
    await shop.tellonce.retain()
    const restarted = openShop({ store })
    restarted.pass(36 * 86_400_000 + 1)
    await visit(restarted)
    expect((await restarted.tellonce.view(ada)).consent.value).toEqual({ marketing: "granted", sale: "denied" })
  })
})
