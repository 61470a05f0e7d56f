import { createHmac } from "node:crypto"
import { defineContext } from "@tellonce/core"
import { createMemoryStore, createTellonce } from "@tellonce/node"
import { SignJWT } from "jose"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, shop } from "../service-under-test.ts"
import { backendSecret, leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
let customerToken: string
beforeAll(async () => {
  service = await startUnderAttack()
  customerToken = (await service.tellonce.issueToken({ kind: "customer", identity: victim })).token
})
afterAll(() => service.close())

const readVictim = (credential: string | null) => service.attack(`/v1/context?identity=${victimKey}`, { credential })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
const claims = () => JSON.parse(Buffer.from(customerToken.split(".")[1] ?? "", "base64url").toString())
const header = () => JSON.parse(Buffer.from(customerToken.split(".")[0] ?? "", "base64url").toString())
const signed = (head: object, body: object, key: string | Buffer, hash = "sha256") => {
  const text = `${part(head)}.${part(body)}`
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`
}
const hour = 3_600

describe("a credential that was never given", () => {
  it.each<[string, () => string | null]>([
    ["no credential", () => null],
    ["an empty one", () => ""],
    ["a guessed secret key", () => "sk_guessed-by-a-stranger"],
    ["the secret key in other letters", () => keys.secret.toUpperCase()],
    ["the secret key with something behind it", () => `${keys.secret}x`],
    ["the secret key without its last letter", () => keys.secret.slice(0, -1)],
    ["a token of no algorithm", () => `${part({ alg: "none", typ: header().typ })}.${part(claims())}.`],
    ["a token signed with the publishable key", () => signed(header(), claims(), keys.publishable)],
    ["a token signed with the secret key itself", () => signed(header(), claims(), keys.secret)],
    ["a token signed with an empty key", () => signed(header(), claims(), "")],
    ["a token of another algorithm", () => signed({ ...header(), alg: "HS512" }, claims(), keys.secret, "sha512")],
    [
      "a token whose header brings its own key",
      () => signed({ ...header(), jwk: { kty: "oct", k: "AA" } }, claims(), Buffer.from([0])),
    ],
    ["a token that names a key file", () => signed({ ...header(), kid: "../../dev/null" }, claims(), "")],
    [
      "a valid token's body with longer life",
      () => customerToken.replace(/\.[^.]+\./, `.${part({ ...claims(), exp: claims().exp + hour })}.`),
    ],
    [
      "a valid token's body for everyone",
      () => customerToken.replace(/\.[^.]+\./, `.${part({ ...claims(), kind: "agent", agent: "root" })}.`),
    ],
    ["a valid token without its signature", () => customerToken.replace(/[^.]+$/, "")],
    ["a token of two megabytes", () => `${customerToken.split(".")[0]}.${"A".repeat(8_000)}.x`],
  ])("opens nothing: %s", async (_, make) => {
    const { status, code } = await readVictim(make())
    expect([status, code]).toEqual([401, expect.stringMatching(/^access\//)])
    expect(leaksIn(service.heard)).toEqual([])
  })

  it("a token signed with another secret opens nothing", async () => {
    const elsewhere = createTellonce({
      context: shop,
      store: createMemoryStore(),
      keys: { ...keys, secret: "sk_of-another-house-entirely" },
    })
    const forged = (await elsewhere.issueToken({ kind: "customer", identity: victim })).token
    expect((await readVictim(forged)).status).toBe(401)
  })

  it("a token of another context of the same house opens nothing", async () => {
    const hotel = createTellonce({
      context: defineContext({ name: "hotel", version: 1, fields: {} }),
      store: createMemoryStore(),
      keys,
    })
    const { token } = await hotel.issueToken({ kind: "customer", identity: victim })
    expect((await readVictim(token)).status).toBe(401)
  })
})

it("a key in the address is not a key, and does not come back in the answer", async () => {
  for (const name of ["key", "token", "access_token", "authorization", "apiKey"]) {
    const { status, text } = await service.attack(`/v1/context?identity=${victimKey}&${name}=${keys.secret}`)
    expect([status, text.includes(keys.secret)]).toEqual([401, false])
  }
})

it("a key in a cookie or in basic authentication is not a key", async () => {
  const basic = Buffer.from(`${keys.secret}:`).toString("base64")
  for (const headers of [
    { cookie: `token=${keys.secret}` },
    { authorization: `Basic ${basic}` },
    { "x-api-key": keys.secret },
  ]) {
    expect((await service.attack(`/v1/context?identity=${victimKey}`, { headers })).status).toBe(401)
  }
})

it("the publishable key reads nobody, writes nothing and issues no token", async () => {
  const credential = keys.publishable
  const denied = await Promise.all([
    readVictim(credential),
    service.attack(`/v1/stream?identity=${victimKey}`, { credential }),
    service.attack("/v1/signals", { credential, body: { signals: [{ id: "1" }] } }),
    service.attack("/v1/tokens", { credential, body: { kind: "customer", identity: victim } }),
    service.attack("/v1/audit", { credential }),
  ])
  expect(denied.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  expect(leaksIn(service.heard)).toEqual([])
})

it("a visitor's token cannot be traded for a larger one", async () => {
  const { token } = await service.visitor()
  for (const body of [
    { kind: "agent", agent: "me" },
    { kind: "customer", identity: victim },
  ]) {
    expect((await service.attack("/v1/tokens", { credential: token, body })).status).toBe(403)
  }
})

it("an expired token opens nothing from the second it ends", async () => {
  let now = Date.now()
  const timed = await startUnderAttack({ clock: () => now })
  const { token, expiresAt } = await timed.tellonce.issueToken({ kind: "customer", identity: victim })
  now = Math.floor(expiresAt / 1_000) * 1_000
  const { status, text } = await timed.attack("/v1/context", { credential: token })
  expect([status, leaksIn([text])]).toEqual([401, []])
  await timed.close()
})

it("a token that was issued is not in the answer to anyone who shows a wrong one", async () => {
  const { text } = await readVictim(`${customerToken}x`)
  expect(text).not.toContain(customerToken.slice(0, 24))
})

describe("a token that the company's backend signed carelessly", () => {
  const now = () => Math.floor(Date.now() / 1_000)
  interface Careless {
    readonly header?: object
    readonly claims?: Readonly<Record<string, unknown>>
    readonly secret?: string
  }
  const sign = ({ header: head = {}, claims: rest = {}, secret = backendSecret }: Careless) => {
    const body = { sub: victim.value, kind: "email", aud: "shop", jti: "j1", iat: now(), exp: now() + 600, ...rest }
    return new SignJWT(JSON.parse(JSON.stringify(body)))
      .setProtectedHeader({ alg: "HS256", typ: "tellonce-identity+jwt", kid: "backend", ...head })
      .sign(Buffer.from(secret))
  }

  it("opens the customer when it is signed with care", async () => {
    expect((await service.call("/v1/context", { credential: await sign({}) })).body.view.orderNumber.state).toBe(
      "fresh",
    )
  })

  it.each<[string, Careless]>([
    ["with another secret", { secret: "the-backend-signs-who-is-signed-im" }],
    ["with HS512", { header: { alg: "HS512" } }],
    ["with no end", { claims: { exp: undefined } }],
    ["with an end in 2100", { claims: { exp: 4_102_444_800 } }],
    ["for a day", { claims: { exp: now() + 86_400 } }],
    ["with an end that is a text", { claims: { exp: "4102444800" } }],
    ["an hour and a second ago, for ever", { claims: { iat: now() - 3_601, exp: now() + 10 } }],
    ["for another audience", { claims: { aud: "hotel" } }],
    ["for no audience", { claims: { aud: undefined } }],
    ["with the type of another token", { header: { typ: "JWT" } }],
    ["with the type of a token of the service", { header: { typ: "tellonce-customer+jwt" } }],
    ["with no id of its own", { claims: { jti: undefined } }],
    ["with no subject", { claims: { sub: undefined } }],
    ["with a subject that is a list", { claims: { sub: [victim.value] } }],
    ["with no kind", { claims: { kind: undefined } }],
    ["under the name of a key that is not there", { header: { kid: "other" } }],
    ["with an extension nobody knows", { header: { crit: ["b64"], b64: false } }],
  ])("%s opens nothing", async (_, careless) => {
    const token = await sign(careless).catch(() => "x.y.z")
    const { status } = await service.attack("/v1/context", { credential: token })
    expect(status).toBe(401)
    expect(leaksIn(service.heard)).toEqual([])
  })

  it("is never read when it is longer than 4 kB", async () => {
    const { status } = await service.attack("/v1/context", {
      credential: await sign({ claims: { padding: "x".repeat(4_096) } }),
    })
    expect(status).toBe(401)
  })
})

it("a key and a token that were revoked open nothing on the next request", async () => {
  const { token } = await service.tellonce.issueToken({
    kind: "customer",
    identity: { kind: "email", value: "left@example.com" },
  })
  expect((await service.attack("/v1/context", { credential: token })).status).toBe(200)
  await service.tellonce.revoke({ identity: { kind: "email", value: "left@example.com" } })
  expect(await service.attack("/v1/context", { credential: token })).toMatchObject({
    status: 401,
    code: "access/revoked",
  })
})
