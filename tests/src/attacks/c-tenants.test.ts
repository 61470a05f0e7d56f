import { rm } from "node:fs/promises"
import { createTenants, type Served, serve, type Tenants } from "@tellonce/node"
import { afterAll, beforeAll, expect, it } from "vitest"
import { said, shop } from "../service-under-test.ts"
import { openAttacked } from "./victim.ts"

const keysOf = (id: string) => ({ publishable: `pk_of-tenant-${id}`, secret: `sk_of-the-one-tenant-${id}` })
const canary = "CANARY-OF-TENANT-A"
const ada = { kind: "email", value: "ada@example.com" }

let tenants: Tenants
let served: Served
let opened: Awaited<ReturnType<typeof openAttacked>>
beforeAll(async () => {
  opened = await openAttacked()
  const { store } = opened
  tenants = createTenants({
    store,
    tenants: ["a", "b"].map((id) => ({ id, context: shop, keys: keysOf(id), log: false })),
  })
  served = await serve(tenants)
  await tenants
    .tenant("a")
    .record([
      { at: Date.now(), channel: "web", identity: ada, source: "test", facts: { orderNumber: canary }, id: "same" },
    ])
})
afterAll(async () => {
  await served.close()
  await tenants.close()
  await rm(opened.directory, { recursive: true })
})

const ask = async (path: string, credential: string, body?: object) => {
  const response = await fetch(served.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${credential}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}
const foreign = keysOf("b").secret

it("a tenant sees nothing of another, though both know the same customer", async () => {
  const own = await ask("/v1/context?identity=email:ada@example.com", keysOf("a").secret)
  expect(own.text).toContain(canary)
  const paths = ["/v1/context", "/v1/export", "/v1/audit/readers", "/v1/hash"].map(
    (path) => `${path}?identity=email:ada@example.com`,
  )
  for (const path of paths) expect((await ask(path, foreign)).text).not.toContain(canary)
})

it("a customer of another tenant and one who is not there are answered in the same bytes, but for the name and the time", async () => {
  const answers = await Promise.all(
    ["ada@example.com", "nob@example.com"].map(async (value) => {
      const { text } = await ask(`/v1/context?identity=email:${value}`, foreign)
      return text.replaceAll(value, "").replaceAll(/"now":\d+/g, "")
    }),
  )
  expect(answers[0]).toBe(answers[1])
})

it("the same signal id counts in both", async () => {
  const { text } = await ask("/v1/signals", foreign, {
    signals: [said({ id: "same", identity: ada, facts: { orderNumber: "B-1" } })],
  })
  expect(JSON.parse(text).results).toMatchObject([{ status: "accepted" }])
  expect((await ask("/v1/context?identity=email:ada@example.com", keysOf("a").secret)).text).toContain(canary)
})

it("a token of one opens nothing of the other, and no header or address chooses the tenant", async () => {
  const { token } = await tenants.tenant("b").issueToken({ kind: "customer", identity: ada })
  for (const path of ["/v1/context", "/v1/context?tenant=a", "/v1/context?identity=email:ada@example.com&tenant=a"]) {
    const response = await fetch(served.url + path, {
      headers: { authorization: `Bearer ${token}`, "x-tenant": "a", "x-tenant-id": "a", host: "a.example" },
    })
    expect(await response.text()).not.toContain(canary)
  }
})

it("the audit trail of one holds nothing of the other", async () => {
  await ask("/v1/context?identity=email:ada@example.com", keysOf("a").secret)
  const readers = async (credential: string) =>
    JSON.parse((await ask("/v1/audit/readers?identity=email:ada@example.com", credential)).text).entries
      .length as number
  const before = await readers(foreign)
  await ask("/v1/context?identity=email:ada@example.com", keysOf("a").secret)
  expect(await readers(foreign)).toBe(before)
  for (const id of ["a", "b"]) {
    const { audit } = tenants.tenant(id)
    expect(await audit.verify({ heads: await audit.exportHeads() })).toMatchObject({ ok: true, faults: [] })
  }
  const { chains } = JSON.parse((await ask("/v1/audit", foreign)).text)
  for (const chain of chains) expect((await ask(`/v1/audit?chain=${chain}`, foreign)).status).toBe(200)
  expect((await ask(`/v1/audit?chain=${encodeURIComponent("a/service")}`, foreign)).text).not.toContain('"entry"')
})
