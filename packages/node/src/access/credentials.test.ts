import { createPrivateKey, createSecretKey, generateKeyPairSync } from "node:crypto"
import { defineContext, latest } from "@tellonce/core"
import { type JWTPayload, SignJWT } from "jose"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import type { TellonceOptions } from "../tellonce-options.ts"
import type { Agent } from "./access-policy.ts"
import { agentActions } from "./action.ts"
import { identityTokenType } from "./identity-tokens.ts"
import { keyId } from "./key-ring.ts"
import { createSigner } from "./signer.ts"

const context = defineContext({ name: "shop", version: 1, fields: { order: latest(z.string()) } })
const keys = { publishable: "pk_of-the-shop", secret: "sk_of-the-shop-alone" }
const ada = { kind: "email", value: "ada@example.com" }
const desk: Agent = {
  id: "desk",
  kind: "human",
  owner: "support",
  channel: "phone",
  reads: "all",
  writes: "all",
  actions: agentActions,
  purposes: ["service"],
}
const secret = "a secret of the backend, 32 bytes or more"

const start = (options: Partial<TellonceOptions<typeof context.fields>> = {}) => {
  const tellonce = createTellonce({
    context,
    store: createMemoryStore(),
    keys,
    access: { agents: [desk] },
    identityKeys: [{ id: "backend", algorithm: "HS256", secret }],
    log: false,
    ...options,
  })
  const call = async (path: string, credential: string | undefined, body?: unknown) => {
    const response = await tellonce.fetch(
      new Request(`http://shop${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    return response
  }
  const codeOf = async (path: string, credential: string | undefined, body?: unknown) => {
    const response = await call(path, credential, body)
    if (response.ok) return response.status
    return ((await response.json()) as { error: { code: string } }).error.code
  }
  return { tellonce, call, codeOf }
}

const ofAda = "/v1/context?identity=email:ada@example.com"

describe("a token of ours", () => {
  it("is refused in every other dress: another use, key, audience, algorithm, type, age or length", async () => {
    const clock = () => Date.now()
    const signer = createSigner({ secrets: [keys.secret], audience: "shop", clock })
    const claims = { kind: "customer", identity: ada }
    const good = { purpose: "customer", subject: "s", claims, lifetime: 1e12 } as const
    const { token, expiresAt } = await signer.sign(good)
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 3_600_000)
    const { codeOf } = start()
    expect(await codeOf("/v1/context", token)).toBe(200)
    const [header = "", payload = "", signature = ""] = token.split(".")
    const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url")
    const read = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString()) as object
    const others = await Promise.all(
      [
        createSigner({ secrets: ["sk_of-somebody-else-1"], audience: "shop", clock }).sign(good),
        createSigner({ secrets: [keys.secret], audience: "acme/shop", clock }).sign(good),
        createSigner({ secrets: [keys.secret], audience: "shop", clock: () => clock() - 7_200_000 }).sign(good),
        signer.sign({ ...good, purpose: "handoff" }),
        signer.sign({ ...good, purpose: "ticket" }),
      ].map(async (signed) => (await signed).token),
    )
    const forged = [
      ...others,
      `${part({ ...read(header), alg: "none" })}.${payload}.`,
      `${part({ ...read(header), typ: "tellonce-agent+jwt" })}.${payload}.${signature}`,
      `${header}.${part({ ...read(payload), exp: 4_102_444_800 })}.${signature}`,
      `${header}.${payload}.${"A".repeat(5_000)}`,
    ]
    for (const one of forged) expect(await codeOf("/v1/context", one)).toMatch(/^access\/(unknown|no)_credential$/)
  })

  it("is of an identity whose kind is one, so that its key is that of no other", async () => {
    const { codeOf } = start()
    for (const kind of ["user:1", "User", "acme/user", ""]) {
      const grant = { kind: "customer", identity: { kind, value: "2" } }
      expect(await codeOf("/v1/tokens", keys.secret, grant)).toBe("body/shape")
    }
  })

  it("is an agent's only when the agent is registered, at issue and at use", async () => {
    const { tellonce, codeOf } = start()
    const { token } = await tellonce.issueToken({ kind: "agent", agent: "desk" })
    expect(await codeOf(ofAda, token)).toBe(200)
    expect(await codeOf("/v1/tokens", keys.secret, { kind: "agent", agent: "nobody" })).toBe("access/unknown_agent")
    const later = start({ access: { agents: [] } })
    expect(await later.codeOf(ofAda, token)).toBe("access/unknown_agent")
    expect(await later.tellonce.verifyToken(token)).toBeUndefined()
  })
})

describe("an identity token of the company's own backend", () => {
  const sign = (claims: JWTPayload = {}, { typ = identityTokenType, alg = "HS256", kid = "backend" } = {}) => {
    const now = Math.floor(Date.now() / 1_000)
    const all = { kind: "email", sub: ada.value, jti: "j1", aud: "shop", iat: now, exp: now + 600, ...claims }
    return new SignJWT(all).setProtectedHeader({ alg, typ, kid }).sign(createSecretKey(Buffer.from(secret)))
  }

  it("reads that customer and no other", async () => {
    const { tellonce, call, codeOf } = start()
    await tellonce.record([{ identity: ada, channel: "web", source: "page", facts: { order: "A-1" } }])
    const token = await sign()
    expect(await (await call("/v1/context", token)).text()).toContain("A-1")
    expect(await codeOf("/v1/context?identity=email:bob@example.com", token)).toBe("access/denied")
    expect(await tellonce.verifyToken(token)).toMatchObject({ kind: "customer", identity: ada, epoch: 0 })
  })

  const now = Math.floor(Date.now() / 1_000)
  it.each([
    ["without an end", { exp: undefined }],
    ["without an id", { jti: undefined }],
    ["without a kind", { kind: undefined }],
    ["without a subject", { sub: undefined }],
    ["for another audience", { aud: "other" }],
    ["that lasts a century", { exp: 4_102_444_800 }],
    ["that lasts more than an hour", { iat: now, exp: now + 3_601 }],
    ["that has ended", { iat: now - 700, exp: now - 100 }],
    ["from tomorrow", { iat: now + 86_400, exp: now + 86_500 }],
  ])("is refused %s", async (_case, claims) => {
    expect(await start().codeOf("/v1/context", await sign(claims as JWTPayload))).toBe("access/unknown_credential")
  })

  it.each([
    ["another algorithm", { alg: "HS512" }],
    ["another type", { typ: "JWT" }],
    ["an unknown key", { kid: "other" }],
  ])("is refused with %s", async (_case, header) => {
    expect(await start().codeOf("/v1/context", await sign({}, header))).toBe("access/unknown_credential")
  })

  it.each([
    ["EdDSA", () => generateKeyPairSync("ed25519")],
    ["ES256", () => generateKeyPairSync("ec", { namedCurve: "P-256" })],
  ] as const)("signed with %s is checked by the public key, whose text is no secret", async (algorithm, generate) => {
    const pair = generate()
    const pem = pair.publicKey.export({ type: "spki", format: "pem" }).toString()
    const { codeOf } = start({ identityKeys: [{ id: "backend", algorithm, publicKey: pem }] })
    const claims = { kind: "email", sub: ada.value, jti: "j1", aud: "shop", iat: now, exp: now + 600 }
    const privateKey = createPrivateKey(pair.privateKey.export({ type: "pkcs8", format: "pem" }))
    const header = { typ: identityTokenType, kid: "backend" }
    const good = await new SignJWT(claims).setProtectedHeader({ ...header, alg: algorithm }).sign(privateKey)
    expect(await codeOf("/v1/context", good)).toBe(200)
    const confused = await new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS256" }).sign(Buffer.from(pem))
    expect(await codeOf("/v1/context", confused)).toBe("access/unknown_credential")
  })
})

describe("keys change without a break", () => {
  const before = ["sk_of-the-shop-alone"]
  const after = { publishable: ["pk_newer-key", "pk_of-the-shop"], secret: ["sk_newer-and-secret", ...before] }

  it("what the older key opened and signed stays good while it is listed; the newest signs", async () => {
    const { token } = await start().tellonce.issueToken({ kind: "customer", identity: ada })
    const both = start({ keys: after })
    for (const key of [...after.secret, ...before]) expect(await both.codeOf(ofAda, key)).toBe(200)
    for (const key of after.publishable) expect(await both.codeOf("/v1/visitors", key, {})).toBe(201)
    expect(await both.codeOf("/v1/context", token)).toBe(200)
    const newer = (await both.tellonce.issueToken({ kind: "customer", identity: ada })).token
    const alone = start({ keys: { publishable: "pk_newer-key", secret: "sk_newer-and-secret" } })
    expect(await alone.codeOf("/v1/context", newer)).toBe(200)
    expect(await alone.codeOf("/v1/context", token)).toBe("access/unknown_credential")
    expect(await alone.codeOf(ofAda, before[0])).toBe("access/unknown_credential")
  })
})

describe("what is revoked opens nothing from the next request on", () => {
  it.each([
    ["a token", (id: string) => ({ token: id })],
    ["an agent", () => ({ agent: "desk" })],
    ["a signing key", () => ({ key: keyId(keys.secret) })],
  ])("%s, and still after a restart", async (_what, bodyOf) => {
    const store = createMemoryStore()
    const shared = { publishable: keys.publishable, secret: ["sk_newer-and-secret", keys.secret] }
    const { token, id } = await start({ store }).tellonce.issueToken({ kind: "agent", agent: "desk" })
    const { codeOf } = start({ store, keys: shared })
    expect(await codeOf(ofAda, token)).toBe(200)
    expect(await codeOf("/v1/revocations", "sk_newer-and-secret", bodyOf(id))).toBe(201)
    expect(await codeOf(ofAda, token)).toBe("access/revoked")
    expect(await start({ store, keys: shared }).codeOf(ofAda, token)).toBe("access/revoked")
  })

  it("an identity's tokens of before, and not those of after, nor another's; the trail does not name it", async () => {
    let now = Date.now()
    const store = createMemoryStore()
    const { tellonce, codeOf } = start({ store, clock: () => now })
    const { token } = await tellonce.issueToken({ kind: "customer", identity: ada })
    const bob = await tellonce.issueToken({ kind: "customer", identity: { kind: "email", value: "bob@example.com" } })
    await tellonce.revoke({ identity: ada })
    now += 1
    const newer = await tellonce.issueToken({ kind: "customer", identity: ada })
    expect(await codeOf("/v1/context", token)).toBe("access/revoked")
    expect(await codeOf("/v1/context", bob.token)).toBe(200)
    expect(await codeOf("/v1/context", newer.token)).toBe(200)
    expect(JSON.stringify(await store.audit({ chain: "revocations" }))).not.toContain("ada")
  })

  it("an identity is the same in every spelling: revoked by one, read by another", async () => {
    const { tellonce, codeOf } = start()
    await tellonce.record([{ identity: ada, channel: "web", source: "page", facts: { order: "A-1" } }])
    const token = async () => (await tellonce.issueToken({ kind: "customer", identity: ada })).token
    const before = await token()
    expect(await codeOf("/v1/context?identity=email:Ada@Example.COM", before)).toBe(200)
    expect(await codeOf("/v1/revocations", keys.secret, { identity: { ...ada, value: "Ada@Example.COM" } })).toBe(201)
    expect(await codeOf("/v1/context", before)).toBe("access/revoked")
    expect(await tellonce.verifyToken(before)).toBeUndefined()
  })

  it("another node of the store knows within five seconds", async () => {
    let now = Date.now()
    const store = createMemoryStore()
    const one = start({ store, clock: () => now })
    const two = start({ store, clock: () => now })
    const { token, id } = await one.tellonce.issueToken({ kind: "agent", agent: "desk" })
    expect(await two.codeOf(ofAda, token)).toBe(200)
    await one.tellonce.revoke({ token: id })
    now += 5_000
    expect(await two.codeOf(ofAda, token)).toBe("access/revoked")
  })

  it.each(["publishable", "secret"] as const)("a %s key may be named by itself: it is on no record", async (kind) => {
    const store = createMemoryStore()
    const leaked = { publishable: "pk_that-has-leaked", secret: "sk_that-has-leaked-out" }[kind]
    const { codeOf, tellonce } = start({ store, keys: { ...keys, [kind]: [keys[kind], leaked] } })
    const path = kind === "secret" ? ofAda : "/v1/visitors"
    const body = kind === "secret" ? undefined : {}
    expect(await codeOf(path, leaked, body)).toBe(kind === "secret" ? 200 : 201)
    expect(await codeOf("/v1/revocations", keys.secret, { key: leaked })).toBe(201)
    expect(await codeOf(path, leaked, body)).toBe("access/revoked")
    await tellonce.audit.exportHeads()
    const trail = await Promise.all((await store.chains()).map((chain) => store.audit({ chain })))
    expect(JSON.stringify(trail)).not.toContain(leaked)
  })

  it("another node whose clock was set back knows it as soon", async () => {
    let now = Date.now()
    const store = createMemoryStore()
    const both = { ...keys, secret: [keys.secret, "sk_that-has-leaked-out"] }
    const one = start({ store, keys: both, clock: () => now })
    const two = start({ store, keys: both, clock: () => now })
    expect(await two.codeOf(ofAda, "sk_that-has-leaked-out")).toBe(200)
    await one.tellonce.revoke({ key: "sk_that-has-leaked-out" })
    now -= 3_600_000
    expect(await two.codeOf(ofAda, "sk_that-has-leaked-out")).toBe("access/revoked")
  })

  it("only the secret key revokes", async () => {
    const { tellonce, codeOf } = start()
    const { token } = await tellonce.issueToken({ kind: "agent", agent: "desk" })
    expect(await codeOf("/v1/revocations", token, { agent: "desk" })).toBe("access/denied")
    expect(await codeOf("/v1/revocations", keys.publishable, { agent: "desk" })).toBe("access/denied")
  })

  it("its open streams close, its tickets' too; others go on", async () => {
    const { tellonce, call } = start()
    const { token, id } = await tellonce.issueToken({ kind: "customer", identity: ada })
    const other = await tellonce.issueToken({ kind: "customer", identity: ada })
    const { ticket } = (await (await call("/v1/tickets", token, {})).json()) as { ticket: string }
    const streams = [
      await call("/v1/stream", token),
      await call(`/v1/stream?ticket=${ticket}`, undefined),
      await call("/v1/stream", other.token),
    ]
    const ended = streams.map((response) =>
      response.text().then(
        () => "ended",
        () => "ended",
      ),
    )
    await tellonce.revoke({ token: id })
    await Promise.all(ended.slice(0, 2))
    expect(await Promise.race([ended[2], Promise.resolve("open")])).toBe("open")
    await tellonce.revoke({ token: other.id })
    expect(await ended[2]).toBe("ended")
  })
})

it("who was given a token and what was revoked is on record", async () => {
  const store = createMemoryStore()
  const { codeOf, call } = start({ store })
  const { id } = (await (await call("/v1/tokens", keys.secret, { kind: "customer", identity: ada })).json()) as {
    id: string
  }
  await codeOf("/v1/tokens", keys.secret, { kind: "agent", agent: "desk" })
  await codeOf("/v1/revocations", keys.secret, { token: id })
  await codeOf("/v1/revocations", keys.secret, { identity: ada })
  const chains = (await store.chains()).filter((chain) => chain !== "revocations")
  const trail = (await Promise.all(chains.map((chain) => store.audit({ chain })))).flat()
  const ofAda = { by: "secret", outcome: "allowed", subjects: [expect.any(String)] }
  expect(trail.map(({ entry }) => entry)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...ofAda, action: "issue_token", detail: { token: id } }),
      expect.objectContaining({ action: "issue_token", detail: { agent: "desk", token: expect.any(String) } }),
      expect.objectContaining({ action: "revoke", detail: { token: id } }),
      expect.objectContaining({ ...ofAda, action: "revoke" }),
    ]),
  )
})

describe("a ticket", () => {
  it("opens one stream, once, and nothing else; a hundred at a time are one", async () => {
    const { tellonce, call, codeOf } = start()
    const { token } = await tellonce.issueToken({ kind: "customer", identity: ada })
    const { ticket, expiresAt } = (await (await call("/v1/tickets", token, {})).json()) as {
      ticket: string
      expiresAt: number
    }
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000)
    // It stands in an address, and addresses are logged.
    const seen = ticket.split(".").map((part) => Buffer.from(part, "base64url").toString())
    expect(seen.join(" ")).not.toContain("ada")
    expect(await codeOf(`/v1/context?ticket=${ticket}`, undefined)).toBe("access/no_credential")
    expect(await codeOf("/v1/context", ticket)).toBe("access/unknown_credential")
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(`/v1/stream?ticket=${ticket}`, undefined)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    // Other letters for the same signature are the same ticket: what is counted is its id.
    const last = ticket.slice(-1)
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".replace(last, "")) {
      expect((await call(`/v1/stream?ticket=${ticket.slice(0, -1)}${letter}`, undefined)).status).toBe(401)
    }
    await Promise.all(answers.map(({ body }) => body?.cancel()))
  })

  it("ends within a minute, and is not made from a key", async () => {
    let now = Date.now()
    const { tellonce, call, codeOf } = start({ clock: () => now })
    const { token } = await tellonce.issueToken({ kind: "customer", identity: ada })
    const { ticket } = (await (await call("/v1/tickets", token, {})).json()) as { ticket: string }
    now += 60_000
    expect(await codeOf(`/v1/stream?ticket=${ticket}`, undefined)).toBe("access/unknown_credential")
    expect(await codeOf("/v1/tickets", keys.secret, {})).toBe("access/denied")
  })
})

describe("a configuration that cannot be meant is refused at the start", () => {
  it.each([
    ["config/agents", { access: { agents: [{ ...desk, reads: ["oder"] }] } }],
    ["config/agents", { access: { agents: [desk, desk] } }],
    ["config/agents", { access: { agents: [{ ...desk, actions: ["revoke"] }] } }],
    ["config/agents", { access: { agents: [{ ...desk, writes: ["$messages"] }] } }],
    ["config/agents", { access: { agents: [{ ...desk, owner: "" }] } }],
    ["config/purposes", { access: { purposes: { oder: ["service"] } } }],
    ["config/keys", { keys: { publishable: [], secret: keys.secret } }],
    ["config/keys", { keys: { ...keys, secret: [keys.secret, keys.secret] } }],
    ["config/identity_keys", { identityKeys: [{ id: "a", algorithm: "HS256", secret: "short" }] }],
    ["config/identity_keys", { identityKeys: [{ id: "a", algorithm: "EdDSA", publicKey: "no key" }] }],
  ])("%s", (code, options) => {
    const begin = () => start(options as unknown as Parameters<typeof start>[0])
    expect(begin).toThrow(expect.objectContaining({ code }))
  })
})
