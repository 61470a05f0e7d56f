import { defineContext, latest } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createMemoryErasureLedger } from "../privacy/erasure-ledger.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { createTenants } from "./create-tenants.ts"
import { tenantStore } from "./tenant-store.ts"

const context = defineContext({ name: "shop", version: 1, fields: { order: latest(z.string()) } })
const now = 1_790_000_000_000
const desk = {
  id: "desk",
  kind: "human",
  owner: "care",
  channel: "desk",
  reads: "all",
  writes: "all",
  actions: ["read", "take"],
  purposes: ["service"],
} as const
const tenantOf = (id: string) => ({
  id,
  context,
  access: { agents: [desk] },
  keys: { publishable: `pk_of-tenant-${id}`, secret: `sk_of-the-tenant-${id}` },
  clock: () => now,
  log: false as const,
})

const ledger = createMemoryErasureLedger({ pepper: "a pepper of the tests alone" })

const start = (store = createMemoryStore()) => {
  const tenants = createTenants({ tenants: [tenantOf("acme"), tenantOf("bolt")], store })
  const call = async (path: string, credential: string | undefined, body?: unknown): Promise<Response> => {
    const response = await tenants.fetch(
      new Request(`http://all${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    // Shed, after so much work in one turn: come back.
    if (response.status !== 503) return response
    await new Promise((resolve) => setTimeout(resolve, 20))
    return call(path, credential, body)
  }
  return { tenants, call, store }
}

const secretOf = (id: string) => `sk_of-the-tenant-${id}`
const identityOf = (index: number) => ({ kind: "user", value: `u${index}` })
const signal = (index: number, order: string) => ({
  id: `s${index}`,
  at: now,
  identity: identityOf(index),
  authority: "record" as const,
  channel: "web",
  source: "page",
  facts: { order },
})

describe("tenants of one process and one store", () => {
  it("a thousand swapped ids bring not one foreign byte: what is another's and what is nobody's look the same", async () => {
    const { tenants, call } = start()
    const size = 1_000
    for (let from = 0; from < size; from += 500) {
      const signals = Array.from({ length: 500 }, (_, index) => signal(from + index, "canary-of-acme"))
      await tenants.tenant("acme").record(signals)
    }
    for (let index = 0; index < size; index += 1) {
      const foreign = await (await call(`/v1/context?identity=user:u${index}`, secretOf("bolt"))).text()
      expect(foreign).not.toContain("canary-of-acme")
      const nobody = await (await call(`/v1/context?identity=user:w${index}`, secretOf("bolt"))).text()
      expect(foreign.replace(`user:u${index}`, `user:w${index}`)).toBe(nobody)
    }
  })

  it("the same signal id counts in both, and each stream hears its own alone", async () => {
    const { tenants, call } = start()
    const heard = (await call("/v1/stream?identity=user:u1", secretOf("bolt"))).body?.getReader()
    const read = async () => new TextDecoder().decode((await heard?.read())?.value)
    while (!(await read()).includes("snapshot"));
    const results = await Promise.all(
      ["acme", "bolt"].map((id) => tenants.tenant(id).record([signal(1, `order-of-${id}`)])),
    )
    expect(results.map(([result]) => result?.status)).toEqual(["accepted", "accepted"])
    const news = await read()
    expect(news).toContain("order-of-bolt")
    expect(news).not.toContain("order-of-acme")
    await heard?.cancel()
  })

  it("a token, a ticket and a revocation of one mean nothing to the other", async () => {
    const { tenants, call } = start()
    await tenants.tenant("acme").record([signal(1, "canary-of-acme")])
    const token = async (id: string) =>
      (await tenants.tenant(id).issueToken({ kind: "customer", identity: identityOf(1) })).token
    const [acme, bolt] = [await token("acme"), await token("bolt")]
    expect(await (await call("/v1/context", acme)).text()).toContain("canary-of-acme")
    expect(await (await call("/v1/context", bolt)).text()).not.toContain("canary-of-acme")
    expect(await tenants.tenant("bolt").verifyToken(acme)).toBeUndefined()
    await tenants.tenant("bolt").revoke({ identity: identityOf(1) })
    expect((await call("/v1/context", bolt)).status).toBe(401)
    expect((await call("/v1/context", acme)).status).toBe(200)
    const { ticket } = (await (await call("/v1/tickets", acme, {})).json()) as { ticket: string }
    const stream = await call(`/v1/stream?ticket=${ticket}`, undefined)
    expect(stream.status).toBe(200)
    await stream.body?.cancel()
  })

  it("a handoff link finds its own tenant without a credential; at another, and changed, it is no link", async () => {
    const { tenants, call } = start()
    const { handoff } = await tenants
      .tenant("bolt")
      .handOff(identityOf(1), { to: "desk", reason: "asked", channel: "web" })
    const { token } = await tenants.tenant("bolt").linkHandoff(identityOf(1), handoff)
    const path = `/v1/handoff-links/${token}`
    expect((await call(path, undefined)).status).toBe(200)
    const [header = "", ...sealed] = token.split(".")
    const clear = JSON.parse(Buffer.from(header, "base64url").toString()) as { aud: string }
    const moved = Buffer.from(JSON.stringify({ ...clear, aud: clear.aud.replace("bolt", "acme") })).toString(
      "base64url",
    )
    for (const [link, credential] of [
      [[moved, ...sealed].join("."), undefined],
      [token, secretOf("acme")],
      ["of-nobody", undefined],
    ] as const) {
      const answer = await call(`/v1/handoff-links/${link}/redeem`, credential, { agent: "desk" })
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("handoff/link")])
    }
    const redeemed = await call(`${path}/redeem`, undefined, { agent: "desk" })
    expect(await redeemed.json()).toMatchObject({ handoff, identity: identityOf(1) })
    expect((await call(`${path}/redeem`, undefined, { agent: "desk" })).status).toBe(404)
  })

  it("whoever belongs to none is answered as any tenant answers a stranger", async () => {
    const { call, tenants } = start()
    const asked = (credential?: string) => ({ status: 401, credential })
    for (const { credential } of [asked(), asked("sk_guessed-by-someone"), asked("a.b.c")]) {
      const headers: Record<string, string> = credential ? { authorization: `Bearer ${credential}` } : {}
      const here = await call("/v1/context?identity=user:u1", credential)
      const there = await tenants
        .tenant("acme")
        .fetch(new Request("http://all/v1/context?identity=user:u1", { headers }))
      expect([here.status, await here.text()]).toEqual([there.status, await there.text()])
    }
    expect((await call("/healthz", undefined)).status).toBe(200)
  })

  it.each([
    ["the same id twice", [tenantOf("acme"), tenantOf("acme")]],
    ["the same key twice", [tenantOf("acme"), { ...tenantOf("bolt"), keys: tenantOf("acme").keys }]],
    ["one erasure ledger for two", ["acme", "bolt"].map((id) => ({ ...tenantOf(id), erasures: ledger }))],
    ["an id that could lead another's keys", [tenantOf("acme/x")]],
  ])("%s is refused at the start", (_case, tenants) => {
    expect(() => createTenants({ tenants, store: createMemoryStore() })).toThrow(
      expect.objectContaining({ code: "config/tenant" }),
    )
  })
})

describe("a tenant's part of a store", () => {
  it("lists its own keys and chains alone, sweeps them alone, and its single-use names are its own", async () => {
    const store = createMemoryStore()
    const [acme, acme2] = [tenantStore(store, "acme"), tenantStore(store, "acme2")]
    for (const part of [acme, acme2]) {
      await part.update([{ key: "user:1", signal: signal(1, "x"), received: now }], () => "kept")
      await part.note([{ chain: "reads", at: now, entry: {} }])
    }
    expect(await acme.keys({})).toEqual(["user:1"])
    expect(await acme.chains()).toEqual(["reads"])
    expect(await acme.audit({ chain: "reads" })).toHaveLength(1)
    expect([
      await acme.once("link", now * 2),
      await acme2.once("link", now * 2),
      await acme.once("link", now * 2),
    ]).toEqual([true, true, false])
    await acme.sweep(["user:1"], { context: () => undefined, signal: () => undefined })
    expect((await acme.read(["user:1"]))[0]?.encoded).toBeUndefined()
    expect((await acme2.read(["user:1"]))[0]?.encoded).toBe("kept")
    expect(await acme2.log({ keys: ["user:1"] })).toHaveLength(1)
  })
})
