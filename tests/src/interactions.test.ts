import { createHmac } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { defineActions, defineContext, latest, type ServiceStore, type View } from "@tellonce/core"
import { serviceMetrics } from "@tellonce/core/metrics"
import { createMemoryStore, createSqliteStore, createTellonce, serve, type TellonceOptions } from "@tellonce/node"
import pino from "pino"
import { afterEach, describe, expect, it } from "vitest"
import * as z from "zod"
import { deskOf, keys } from "./service-under-test.ts"

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { scope: "matter" }),
    orderStatus: latest(z.string(), { freshFor: "1m", authority: ["record", "agent"] }),
    iban: latest(z.string()),
  },
})
type Shop = typeof shop.fields

const actions = defineActions({
  promote: {
    fails: "closed",
    policies: [
      ({ $ }: View<Shop>) =>
        $.matters.some(({ state, kind }) => state === "open" && kind === "complaint")
          ? { reason: "A complaint is open.", change: "The complaint is closed." }
          : undefined,
    ],
  },
  shipmentNotice: { fails: "open" },
})

const returnsDesk = { ...deskOf("returns"), reads: ["orderNumber", "orderStatus", "$told", "$handoffs", "$matters"] }
const ada = { kind: "email", value: "ada@example.com" }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

let hours = 0
/** A shop's service over HTTP; `hours` moves its clock. */
const start = async (options: Partial<TellonceOptions<Shop>> = {}) => {
  hours = 0
  const tellonce = createTellonce({
    context: shop,
    store: createMemoryStore(),
    keys,
    clock: () => Date.now() + hours * 3_600_000,
    access: { agents: [deskOf("desk-1"), returnsDesk] },
    actions,
    log: false,
    ...options,
  })
  const served = await serve(tellonce)
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await served.close()
    await tellonce.close()
  }
  closing.push(close)
  const call = async (method: string, path: string, body?: unknown, credential: string | null = keys.secret) => {
    const response = await fetch(served.url + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not trusted
    return { status: response.status, body: (await response.json()) as any }
  }
  const post = (path: string, body: object, credential?: string | null) =>
    call("POST", path, { identity: ada, ...body }, credential)
  const state = (facts: object, rest: object = {}) =>
    tellonce.record([
      { identity: ada, authority: "record", channel: "orders", source: "orders", facts: { ...facts }, ...rest },
    ])
  return { tellonce, call, post, state, close }
}

const tokenOf = async ({ tellonce }: Awaited<ReturnType<typeof start>>, agent: string) =>
  (await tellonce.issueToken({ kind: "agent", agent })).token

describe("told", () => {
  it("what two channels told differently is a conflict, and what is no longer so is to be put right", async () => {
    const { post, state } = await start()
    const first = await post("/v1/told", { channel: "web-chat", facts: { orderStatus: "delivered" } })
    expect(first.body).toMatchObject({ conflicts: [], corrections: [] })
    await state({ orderStatus: "in transit" })
    const second = await post("/v1/told", { channel: "email", facts: { orderStatus: "in transit" } })
    expect(second.body.conflicts).toMatchObject([
      { field: "orderStatus", told: [{ value: "in transit" }, { value: "delivered" }] },
    ])
    expect(second.body.corrections).toEqual([])
    await state({ orderStatus: "lost" })
    const third = await post("/v1/told", { channel: "phone", facts: { orderNumber: "A-1" } })
    expect(third.body.corrections).toMatchObject([
      { field: "orderStatus", told: { value: "in transit" }, now: { value: "lost" } },
    ])
  })

  it("a field nobody declared is refused, and a page may not vouch for what was told", async () => {
    const service = await start()
    const unknown = await service.post("/v1/told", { channel: "email", facts: { oderStatus: "lost" } })
    expect([unknown.status, unknown.body.error.code]).toEqual([400, "told/unknown_field"])
    const { token } = await service.tellonce.issueToken({ kind: "customer", identity: ada })
    expect((await service.post("/v1/told", { channel: "email", facts: {} }, token)).status).toBe(403)
  })

  it("told again under the same id, it was told once", async () => {
    const { post, tellonce } = await start()
    for (let time = 0; time < 3; time++)
      await post("/v1/told", { id: "t-1", channel: "email", facts: { orderStatus: "lost" } })
    expect((await tellonce.view(ada)).$.told).toHaveLength(1)
  })
})

describe("what is sent again under the same id, as its answer was lost, has happened once and is answered alike", () => {
  it("a matter that was opened", async () => {
    const { post, tellonce } = await start()
    const [first, again] = [
      await post("/v1/matters", { id: "m-1", kind: "return" }),
      await post("/v1/matters", { id: "m-1", kind: "return" }),
    ]
    expect([again.status, again.body.matter]).toEqual([201, first.body.matter])
    expect((await tellonce.view(ada)).$.matters).toHaveLength(1)
  })

  it("a handoff, though more is known by then; another one under its id is refused", async () => {
    const { post, state, tellonce } = await start()
    const handoff = { id: "h-1", to: "returns", reason: "A return" }
    await state({ orderNumber: "A-1" })
    await post("/v1/handoffs", handoff)
    await state({ orderStatus: "lost" })
    const again = await post("/v1/handoffs", handoff)
    expect([again.status, again.body]).toMatchObject([201, { handoff: "h-1", brief: { doNotAsk: expect.any(Array) } }])
    expect((await tellonce.view(ada)).$.handoffs).toMatchObject([{ handoff: "h-1", fields: ["orderNumber"] }])
    expect((await post("/v1/handoffs", { ...handoff, to: "desk-1" })).status).toBe(409)
  })
})

describe("holds and decisions", () => {
  it("a promotion is denied while a complaint is open, and allowed when it is closed", async () => {
    const { post } = await start()
    expect((await post("/v1/decisions", { action: "promote" })).body).toMatchObject({ allowed: true, objections: [] })
    const { body } = await post("/v1/matters", { kind: "complaint", title: "The lamp is broken" })
    expect((await post("/v1/decisions", { action: "promote" })).body).toMatchObject({
      allowed: false,
      objections: [{ by: "policy", reason: "A complaint is open.", change: "The complaint is closed." }],
    })
    const closed = await post(`/v1/matters/${body.matter}/close`, { outcome: "refunded" })
    expect(closed.status).toBe(200)
    expect((await post("/v1/decisions", { action: "promote" })).body.allowed).toBe(true)
  })

  it("a hold stands until it is released or ends, and says who can release it", async () => {
    const { post, call } = await start()
    const until = Date.now() + 3_600_000
    const request = { action: "promote", reason: "A return is on its way", owner: "returns", until }
    const { status, body } = await post("/v1/holds", request)
    expect(status).toBe(201)
    const denied = await post("/v1/decisions", { action: "promote" })
    expect(denied.body).toMatchObject({ allowed: false, until, objections: [{ by: "hold", owner: "returns", until }] })
    expect((await call("DELETE", `/v1/holds/${body.hold}`, { identity: ada })).status).toBe(200)
    expect((await post("/v1/decisions", { action: "promote" })).body.allowed).toBe(true)
    expect((await call("DELETE", `/v1/holds/${body.hold}`, { identity: ada })).body.error.code).toBe("hold/unknown")
    await post("/v1/holds", request)
    hours = 2
    expect((await post("/v1/decisions", { action: "promote" })).body.allowed).toBe(true)
  })

  it("a hold placed under one identity is released under another of the same customer, and stays so when they are parted", async () => {
    const { tellonce, call, post } = await start()
    const phone = { kind: "user", value: "u-77" }
    const { hold } = await tellonce.hold(ada, { action: "*", reason: "Fraud check", owner: "risk" })
    await tellonce.link(ada, phone, "crm")
    expect((await call("DELETE", `/v1/holds/${hold}`, { identity: phone })).status).toBe(200)
    await tellonce.unlink(ada, phone, "crm")
    expect((await post("/v1/decisions", { action: "promote" })).body.allowed).toBe(true)
  })

  it("when the context cannot be read, each action does what it declares, and what is not declared is denied", async () => {
    const store = createMemoryStore()
    let broken = false
    const failing: ServiceStore = {
      ...store,
      read: (wanted) => (broken ? Promise.reject(new Error("disk")) : store.read(wanted)),
    }
    const { post } = await start({ store: failing, onError: () => {} })
    broken = true
    const decide = async (action: string) => (await post("/v1/decisions", { action })).body
    expect(await decide("shipmentNotice")).toMatchObject({ allowed: true, objections: [] })
    expect(await decide("promote")).toMatchObject({ allowed: false, objections: [{ by: "unreachable" }] })
    expect(await decide("giveAway")).toMatchObject({ allowed: false, objections: [{ by: "undeclared" }] })
  })
})

describe("handoffs", () => {
  it("the brief holds what both may read, is marked for a model, and an ask for what was in it is a hitch", async () => {
    const service = await start()
    const { post, state, tellonce } = service
    await state({ orderNumber: "A-1042", iban: "DE02120300000000202051" })
    const handed = await post("/v1/handoffs", { to: "returns", reason: "Wants to return the lamp" })
    expect(handed.status).toBe(201)
    expect(handed.body.brief.doNotAsk).toEqual(["orderNumber"])
    expect(handed.body.markdown).toContain("A-1042")
    expect(handed.body.prompt.text).toContain(`[data ${handed.body.prompt.nonce}]`)
    expect(JSON.stringify(handed.body)).not.toContain("DE0212")
    const again = await post("/v1/handoffs", { to: "returns", reason: "Once more", budget: 80 })
    expect(again.body.prompt.nonce).not.toBe(handed.body.prompt.nonce)
    expect(again.body.prompt.text.length).toBeLessThan(handed.body.prompt.text.length)

    const { handoff } = handed.body
    const ask = (credential?: string) =>
      post("/v1/asks", { fields: ["orderNumber", "iban"], channel: "desk", maxAge: 0 }, credential)
    hours = 1
    expect((await ask()).body.hitches).toEqual([])
    expect((await post(`/v1/handoffs/${handoff}/accept`, {}, await tokenOf(service, "desk-1"))).body.error.code).toBe(
      "handoff/other_audience",
    )
    expect((await post(`/v1/handoffs/${handoff}/accept`, {}, await tokenOf(service, "returns"))).status).toBe(200)
    hours = 2
    const hitched = await ask(await tokenOf(service, "returns"))
    expect(hitched.body.answers.orderNumber.answer).toBe("confirm")
    expect(hitched.body.hitches).toEqual([{ handoff, fields: ["orderNumber"] }])
    expect((await tellonce.view(ada)).$.handoffs.find(({ name }) => name === "handed")).toMatchObject({
      fields: ["orderNumber"],
    })
  })

  it("is counted by the metrics from the same log", async () => {
    const store = createMemoryStore()
    const { tellonce, state } = await start({ store })
    await state({ orderNumber: "A-1042" })
    const { handoff } = await tellonce.handOff(ada, { to: "returns", reason: "Return" })
    await tellonce.acceptHandoff(ada, handoff)
    hours = 1
    const hitchRate = async () =>
      serviceMetrics(await store.log({ keys: ["email:ada@example.com"] }), shop).overall.hitches
    expect(await hitchRate()).toMatchObject({ count: 0, of: 1 })
    await tellonce.ask(ada, { fields: ["orderNumber"], channel: "desk", maxAge: 0 })
    expect(await hitchRate()).toMatchObject({ count: 1, of: 1 })
  })

  it("one that was declined gives no hitch, and one that never was is unknown", async () => {
    const { post, state } = await start()
    await state({ orderNumber: "A-1042" })
    const { body } = await post("/v1/handoffs", { to: "a desk that is not registered", reason: "Return" })
    expect((await post(`/v1/handoffs/${body.handoff}/decline`, {})).status).toBe(200)
    expect((await post("/v1/asks", { fields: ["orderNumber"], channel: "desk" })).body.hitches).toEqual([])
    expect((await post("/v1/handoffs/none/accept", {})).body.error.code).toBe("handoff/unknown")
    expect((await post(`/v1/handoffs/${body.handoff}/links`, {})).body.error.code).toBe("handoff/unregistered")
  })
})

describe("a handoff link", () => {
  const linked = async (service: Awaited<ReturnType<typeof start>>) => {
    await service.state({ orderNumber: "A-1042", iban: "DE02120300000000202051" })
    const { body } = await service.post("/v1/handoffs", { to: "returns", reason: "Return" })
    const link = await service.post(`/v1/handoffs/${body.handoff}/links`, {})
    expect(link.status).toBe(201)
    return link.body.token as string
  }
  const redeem = (
    { call }: Awaited<ReturnType<typeof start>>,
    token: string,
    agent = "returns",
    credential: string | null = null,
  ) => call("POST", `/v1/handoff-links/${token}/redeem`, { agent }, credential)

  it("shows nothing of anybody however often it is looked at, and then opens the brief for a short time", async () => {
    const service = await start()
    const token = await linked(service)
    const opaque = token
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"))
      .join(" ")
    expect(opaque).not.toMatch(/ada|returns|A-1042/)
    for (let time = 0; time < 3; time++) {
      const shown = await service.call("GET", `/v1/handoff-links/${token}`, undefined, null)
      expect(Object.keys(shown.body).sort()).toEqual(["expiresAt", "now"])
    }
    const { status, body } = await redeem(service, token)
    expect(status).toBe(200)
    expect(body.brief.doNotAsk).toEqual(["orderNumber"])
    expect(JSON.stringify(body)).not.toContain("DE0212")
    expect(body.expiresAt - body.now).toBeLessThanOrEqual(15 * 60_000)
    expect((await service.post(`/v1/handoffs/${body.handoff}/accept`, {}, body.token)).status).toBe(200)
  })

  it("of a hundred redemptions at once one succeeds, and none after a restart", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tellonce-links-"))
    closing.push(() => rm(directory, { recursive: true }))
    const open = async () => start({ store: await createSqliteStore({ path: join(directory, "shop.db") }) })
    const before = await open()
    const token = await linked(before)
    const spare = await linked(before)
    const tried = await Promise.all(Array.from({ length: 100 }, () => redeem(before, token)))
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(tried.filter(({ status }) => status !== 200).map(({ body }) => body.error.code))).toEqual(
      new Set(["handoff/link"]),
    )
    await before.close()
    const after = await open()
    expect((await redeem(after, token)).status).toBe(404)
    expect((await redeem(after, spare)).status).toBe(200)
  })

  it("opens under no other text than its own", async () => {
    const service = await start()
    const token = await linked(service)
    const parts = token.split(".")
    const tails = ["A", "B", "C", "D", "Q", "g", "w", "x", "="].flatMap((tail) =>
      [0, 2, 3, 4].map((place) =>
        parts.map((part, index) => (index === place ? part.slice(0, -1) + tail : part)).join("."),
      ),
    )
    const variants = [...tails, `${token}=`, `${token}.`, token.toUpperCase(), ` ${token}`, `${token}%00`, `${token}\n`]
    for (const variant of new Set(variants)) {
      if (variant === token) continue
      expect((await redeem(service, encodeURIComponent(variant))).status).toBe(404)
    }
    expect((await redeem(service, token)).status).toBe(200)
  })

  it("is named in no log, whether it opens or not", async () => {
    const lines: string[] = []
    const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) })
    const service = await start({ log })
    const token = await linked(service)
    await service.call("GET", `/v1/handoff-links/${token}`, undefined, null)
    await redeem(service, token)
    await redeem(service, token)
    expect(lines.join()).toContain("/v1/handoff-links/:token/redeem")
    expect(lines.join()).not.toContain(token.slice(-40))
  })

  it("opens for its audience alone, and refusing others does not use it up", async () => {
    const service = await start()
    const token = await linked(service)
    expect((await redeem(service, token, "desk-1")).status).toBe(403)
    expect((await redeem(service, token, "returns", await tokenOf(service, "desk-1"))).status).toBe(403)
    expect((await redeem(service, token)).status).toBe(200)
  })

  it("ends after ten minutes, and with its agent's other credentials", async () => {
    const service = await start()
    const late = await linked(service)
    hours = 10.1 / 60
    expect((await redeem(service, late)).status).toBe(404)
    const revoked = await linked(service)
    hours += 0.01
    await service.tellonce.revoke({ agent: "returns" })
    expect((await redeem(service, revoked)).status).toBe(401)
  })
})

describe("anchors", () => {
  it("are asked once for all who ask at once, kept for their time, and known to every channel", async () => {
    let asked = 0
    const fetchStatus = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { orderStatus: `in transit ${++asked}` }
    }
    const { post, call } = await start({ anchors: { order: { fetch: fetchStatus, maxAge: 60_000 } } })
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("/v1/anchors/order", {})))
    expect(new Set(answers.map(({ body }) => body.facts.orderStatus))).toEqual(new Set(["in transit 1"]))
    expect((await post("/v1/anchors/order", { fresh: true })).body).toMatchObject({
      state: "fresh",
      facts: { orderStatus: "in transit 1" },
    })
    const { body } = await call("GET", "/v1/context?identity=email:ada@example.com")
    expect(body.view.orderStatus).toMatchObject({ value: "in transit 1", authority: "record", channel: "anchor" })
    hours = 0.02
    expect((await post("/v1/anchors/order", {})).body.facts).toEqual({ orderStatus: "in transit 2" })
    expect((await post("/v1/anchors/none", {})).body.error.code).toBe("anchor/unknown")
  })

  it("that fail give the last answer as stale, and a refusal to whoever needs a fresh one", async () => {
    let failing = true
    const fetchStatus = async () => {
      if (failing) throw new Error("down")
      return { orderStatus: "in transit" }
    }
    const anchors = { order: { fetch: fetchStatus, maxAge: 60_000 } }
    const { post, tellonce } = await start({ anchors, onError: () => {} })
    expect((await post("/v1/anchors/order", {})).body).toMatchObject({ state: "unavailable" })
    failing = false
    await post("/v1/anchors/order", {})
    failing = true
    hours = 1
    expect((await post("/v1/anchors/order", {})).body).toMatchObject({
      state: "stale",
      facts: { orderStatus: "in transit" },
    })
    const refused = await post("/v1/anchors/order", { fresh: true })
    expect([refused.status, refused.body.error.code]).toEqual([503, "anchor/not_fresh"])
    expect(JSON.stringify(refused.body)).not.toContain("in transit")
    await expect(tellonce.anchor(ada, "order", { fresh: true })).rejects.toMatchObject({ code: "anchor/not_fresh" })
  })

  it("an erased customer's last answer is gone, too", async () => {
    let failing = false
    const fetchStatus = async () => {
      if (failing) throw new Error("down")
      return { orderStatus: "in transit" }
    }
    const { post, tellonce } = await start({ anchors: { order: { fetch: fetchStatus, maxAge: 1 } }, onError: () => {} })
    await post("/v1/anchors/order", {})
    await tellonce.erase(ada)
    failing = true
    hours = 1
    expect((await post("/v1/anchors/order", {})).body.facts).toBeUndefined()
  })

  it("show an agent the fields it may read", async () => {
    const fetchAll = async () => ({ orderStatus: "lost", iban: "DE02120300000000202051" })
    const service = await start({ anchors: { order: { fetch: fetchAll, maxAge: 60_000 } } })
    const { body } = await service.post("/v1/anchors/order", {}, await tokenOf(service, "returns"))
    expect(body.facts).toEqual({ orderStatus: "lost" })
  })
})

describe("outgoing webhooks", () => {
  const secret = `whsec_${Buffer.from("a secret of twenty-four b").toString("base64")}`
  const listen = async (answers: readonly number[] = []) => {
    const got: { headers: Record<string, unknown>; body: string }[] = []
    const server: Server = createServer((request, response) => {
      let body = ""
      request.on("data", (chunk) => {
        body += chunk
      })
      request.on("end", () => {
        got.push({ headers: request.headers, body })
        response.writeHead(answers[got.length - 1] ?? 204).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    closing.push(async () => {
      server.closeAllConnections()
      server.close()
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    return { got, hook: { url, secret, plain: true, addresses: ["127.0.0.0/8"] } as const }
  }

  it("carry ids and names of fields and nothing a customer said, signed as Standard Webhooks are", async () => {
    const { got, hook } = await listen()
    const events = ["handoff.created", "handoff.accepted", "hold.placed", "hold.released", "correction.due"] as const
    const { tellonce, state } = await start({ webhooks: [{ ...hook, events }] })
    await state({ orderNumber: "A-1042", orderStatus: "in transit" })
    const { hold } = await tellonce.hold(ada, { action: "promote", reason: "Ada is cross", owner: "returns" })
    await tellonce.release(ada, hold)
    const { handoff } = await tellonce.handOff(ada, { to: "returns", reason: "Ada is cross" })
    await tellonce.acceptHandoff(ada, handoff)
    await tellonce.told(ada, { channel: "web-chat", facts: { orderStatus: "delivered" } })
    await expect.poll(() => got.length).toBe(5)
    // Several are on their way at a time, so they may come in another order.
    const sent = got.map(({ body }) => JSON.parse(body)).sort((a, b) => events.indexOf(a.type) - events.indexOf(b.type))
    expect(sent.map(({ type }) => type)).toEqual(events)
    expect(sent[0].data).toEqual({ handoff, to: "returns", fields: expect.arrayContaining(["orderNumber"]) })
    expect(sent[4].data).toEqual({ field: "orderStatus" })
    // Not by her name alone: an id or a signature may hold three letters by chance.
    expect(JSON.stringify(got)).not.toMatch(/ada@|ada is|cross|A-1042|transit|delivered/i)
    for (const { headers, body } of got) {
      const key = Buffer.from(secret.slice(6), "base64")
      const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`
      expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(text).digest("base64")}`)
    }
  })

  it("are sent again under the same id until they are taken", async () => {
    const { got, hook } = await listen([503])
    const { tellonce } = await start({ webhooks: [{ ...hook, events: ["hold.placed"] }], onError: () => {} })
    await tellonce.hold(ada, { action: "promote", reason: "A return", owner: "returns" })
    await expect.poll(() => got.length, { timeout: 5_000 }).toBe(2)
    expect(got[1]?.headers["webhook-id"]).toBe(got[0]?.headers["webhook-id"])
    expect(got[1]?.body).toBe(got[0]?.body)
  })

  it("go nowhere inside unless it is said", async () => {
    const { got, hook } = await listen()
    const failures: unknown[] = []
    const { tellonce } = await start({
      webhooks: [{ url: hook.url, secret, plain: true, events: ["hold.placed"] }],
      onError: (error) => failures.push(error),
    })
    await tellonce.hold(ada, { action: "promote", reason: "A return", owner: "returns" })
    await expect.poll(() => failures.length).toBe(1)
    expect(failures[0]).toMatchObject({ code: "fetch/address" })
    expect(got).toEqual([])
  })
})
