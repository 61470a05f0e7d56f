import { createHmac } from "node:crypto"
import { exportSPKI, generateKeyPair, SignJWT } from "jose"
import { beforeAll, describe, expect, it } from "vitest"
import {
  verifyHubspotSignature,
  verifyIntercomRequest,
  verifySalesforceRequest,
  verifySharedSecret,
  verifyZendeskToken,
} from "../server.ts"

const now = 1_700_000_000_000
const minute = 60_000
const secret = "the secret of the app"
const hmac = (text: string, encoding: "base64" | "hex", key = secret) =>
  createHmac("sha256", key).update(text).digest(encoding)

/** Every text that differs from a signature in one character, at its ends and in its middle. */
const spoilt = (signature: string) =>
  [0, Math.floor(signature.length / 2)].map(
    (place) => `${signature.slice(0, place)}${signature[place] === "A" ? "B" : "A"}${signature.slice(place + 1)}`,
  )

const nonsense = [
  "",
  ".",
  "..",
  "a.b.c",
  "%%%",
  "é",
  "\u0000",
  "=".repeat(50),
  "x".repeat(200_000),
  "null",
  "[object Object]",
]

describe("Zendesk", () => {
  const audience = "https://shop.zendesk.com/api/v2/apps/installations/9.json"
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let publicKey: string
  beforeAll(async () => {
    keys = await generateKeyPair("RS256", { extractable: true })
    publicKey = await exportSPKI(keys.publicKey)
  })

  const claims = {
    iat: now / 1_000 - 5,
    exp: now / 1_000 + 3_600,
    aud: audience,
    sub: "https://shop.zendesk.com/api/v2/users/77.json",
  }
  const sign = (changed: object = {}, key: Parameters<SignJWT["sign"]>[0] = keys.privateKey, alg = "RS256") =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg, typ: "JWT" }).sign(key)
  const verify = (token: string | null | undefined, at = now) =>
    verifyZendeskToken({ token, publicKey, audience, now: at })

  it("a signed load names its agent", async () => {
    expect(await verify(await sign())).toEqual({ ok: true, agent: { id: "77" } })
    for (const sub of ["x", ["/users/77.json"], { toString: null }]) {
      expect(await verify(await sign({ sub }))).toEqual({ ok: true, agent: undefined })
    }
  })

  it.each([
    [
      "for another installation",
      { aud: "https://evil.zendesk.com/api/v2/apps/installations/9.json" },
      "proof/audience",
    ],
    ["for several audiences", { aud: [audience, "x"] }, "proof/audience"],
    ["older than five minutes", { iat: now / 1_000 - 301 }, "proof/stale"],
    ["from the future", { iat: now / 1_000 + 301 }, "proof/stale"],
    ["ended", { exp: now / 1_000 }, "proof/stale"],
    ["without an end", { exp: undefined }, "proof/stale"],
    ["without a beginning", { iat: undefined }, "proof/stale"],
    ["not yet valid", { nbf: now / 1_000 + 3_000 }, "proof/stale"],
  ])("one %s is refused", async (_, changed, code) => {
    expect(await verify(await sign(changed))).toMatchObject({ ok: false, code })
  })

  it("one signed by another key, by the public key as a secret, or not at all is refused", async () => {
    const other = await generateKeyPair("RS256")
    expect(await verify(await sign({}, other.privateKey))).toMatchObject({ ok: false, code: "proof/signature" })
    expect(await verify(await sign({}, new TextEncoder().encode(publicKey), "HS256"))).toMatchObject({ ok: false })
    const [, body] = (await sign()).split(".")
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url")
    expect(await verify(`${none}.${body}.`)).toMatchObject({ ok: false, code: "proof/malformed" })
  })

  it("one whose claims were changed is refused", async () => {
    const [head, , signature] = (await sign()).split(".")
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: "https://shop.zendesk.com/api/v2/users/1.json" }))
    expect(await verify(`${head}.${forged.toString("base64url")}.${signature}`)).toMatchObject({
      code: "proof/signature",
    })
  })

  it.each([...nonsense, null, undefined])("%# nonsense is refused, and nothing is thrown", async (token) => {
    expect(await verify(token)).toMatchObject({ ok: false })
  })

  it("a key that is none is the programmer's to put right", async () => {
    const verifying = verifyZendeskToken({ token: await sign(), publicKey: "no key", audience, now })
    await expect(verifying).rejects.toMatchObject({ code: "proof/key" })
  })
})

describe("HubSpot", () => {
  const url = "https://panel.example.com/hubspot?portalId=1&userId=42&userEmail=grace%40example.com&appId=3"
  const decoded = "https://panel.example.com/hubspot?portalId=1&userId=42&userEmail=grace@example.com&appId=3"
  const request = { method: "post", url, body: '{"é":1}', timestamp: String(now), clientSecret: secret, now }
  const signature = hmac(`POST${decoded}${request.body}${now}`, "base64")

  it("a signed request names its agent", async () => {
    const agent = { id: "42", email: "grace@example.com" }
    expect(await verifyHubspotSignature({ ...request, signature })).toEqual({ ok: true, agent })
  })

  it.each([
    ["of another method", { method: "GET" }],
    ["to another address", { url: url.replace("userId=42", "userId=43") }],
    ["with another body", { body: "{}" }],
    ["of another time", { timestamp: String(now - 1) }],
    ["of another app", { clientSecret: "another secret" }],
    ["without a time", { timestamp: null }],
  ])("one %s is refused", async (_, changed) => {
    const verified = await verifyHubspotSignature({ ...request, signature, ...changed })
    expect(verified).toMatchObject({ ok: false, code: "proof/signature" })
  })

  it.each([now - 5 * minute - 1, now + 5 * minute + 1, Number.NaN])("one signed at %d is refused", async (at) => {
    const old = { ...request, timestamp: String(at), signature: hmac(`POST${decoded}${request.body}${at}`, "base64") }
    expect(await verifyHubspotSignature(old)).toMatchObject({ ok: false, code: "proof/stale" })
  })

  it.each([...spoilt(signature), ...nonsense, null, undefined])("%# a spoilt signature is refused", async (given) => {
    expect(await verifyHubspotSignature({ ...request, signature: given })).toMatchObject({ ok: false })
  })

  it("an agent named twice is nobody for certain", async () => {
    const twice = `${decoded}&userId=43`
    const signed = { ...request, url: twice, signature: hmac(`POST${twice}${request.body}${now}`, "base64") }
    expect(await verifyHubspotSignature(signed)).toEqual({ ok: true, agent: undefined })
  })
})

describe("Intercom", () => {
  const body = JSON.stringify({ workspace_id: "w", admin: { id: 7, name: "Grace", email: "grace@example.com" } })
  const signature = hmac(body, "hex")

  it("a signed request names its agent", async () => {
    const agent = { id: "7", name: "Grace", email: "grace@example.com" }
    expect(await verifyIntercomRequest({ body, signature, clientSecret: secret })).toEqual({ ok: true, agent })
    const upper = signature.toUpperCase()
    expect(await verifyIntercomRequest({ body, signature: upper, clientSecret: secret })).toMatchObject({ ok: true })
  })

  it("another body, even one that parses to the same, is refused", async () => {
    for (const other of [`${body} `, body.replace("7", "8")]) {
      expect(await verifyIntercomRequest({ body: other, signature, clientSecret: secret })).toMatchObject({ ok: false })
    }
  })

  it("a signed body that is no request names nobody", async () => {
    const verified = await verifyIntercomRequest({ body: "[", signature: hmac("[", "hex"), clientSecret: secret })
    expect(verified).toEqual({ ok: true, agent: undefined })
  })

  it.each([...spoilt(signature), `sha256=${signature}`, ...nonsense, null])(
    "%# a spoilt signature is refused",
    async (given) => {
      expect(await verifyIntercomRequest({ body, signature: given, clientSecret: secret })).toMatchObject({ ok: false })
    },
  )
})

describe("Salesforce", () => {
  const user = { userId: "005x", fullName: "Grace Hopper", email: "grace@example.com" }
  const request = { algorithm: "HMACSHA256", issuedAt: now - minute, client: { instanceId: "i" }, context: { user } }
  const signText = (text: string, key = secret) => {
    const payload = Buffer.from(text).toString("base64")
    return `${hmac(payload, "base64", key)}.${payload}`
  }
  const sign = (content: unknown, key = secret) => signText(JSON.stringify(content), key)
  const verify = (signedRequest: string | null | undefined) =>
    verifySalesforceRequest({ signedRequest, consumerSecret: secret, now })

  it("a signed request names its agent, and gives the page its client", async () => {
    const agent = { id: "005x", name: "Grace Hopper", email: "grace@example.com" }
    expect(await verify(sign(request))).toEqual({ ok: true, agent, client: { instanceId: "i" } })
  })

  it("its time is the low 32 bits of the milliseconds, as Salesforce sends it", async () => {
    const at = (time: number) => verify(sign({ ...request, issuedAt: time | 0 }))
    expect(now | 0).toBeLessThan(0)
    expect(await at(now - 5 * minute)).toMatchObject({ ok: true })
    expect(await at(now + 5 * minute)).toMatchObject({ ok: true })
    expect(await at(now - 5 * minute - 1)).toMatchObject({ ok: false, code: "proof/stale" })
    expect(await at(now + 5 * minute + 1)).toMatchObject({ ok: false, code: "proof/stale" })
  })

  it.each([
    ["of another algorithm", sign({ ...request, algorithm: "none" }), "proof/malformed"],
    ["that is old", sign({ ...request, issuedAt: now - 5 * minute - 1 }), "proof/stale"],
    ["without a time", sign({ ...request, issuedAt: undefined }), "proof/stale"],
    ["whose time is no number", sign({ ...request, issuedAt: String(now) }), "proof/stale"],
    [
      "whose time is endless",
      signText(JSON.stringify({ ...request, issuedAt: 7 }).replace(":7,", ":1e999,")),
      "proof/stale",
    ],
    ["of another app", sign(request, "another secret"), "proof/signature"],
    ["with something added", `${sign(request)}.x`, "proof/signature"],
    ["that is no object", sign(null), "proof/malformed"],
  ])("one %s is refused", async (_, signed, code) => {
    expect(await verify(signed)).toMatchObject({ ok: false, code })
  })

  it.each([...spoilt(sign(request)), ...nonsense, null, undefined])(
    "%# nonsense is refused, and nothing is thrown",
    async (signed) => {
      expect(await verify(signed)).toMatchObject({ ok: false })
    },
  )
})

describe("Front and Chatwoot", () => {
  const expected = "0123456789abcdef0123"

  it("the installation's secret shows the installation, and no agent", async () => {
    expect(await verifySharedSecret({ given: expected, expected })).toEqual({ ok: true, agent: undefined })
  })

  it.each([...nonsense, null, undefined, `${expected} `, expected.slice(1), expected.toUpperCase()])(
    "%# any other is refused",
    async (given) => {
      expect(await verifySharedSecret({ given, expected })).toMatchObject({ ok: false, code: "proof/secret" })
    },
  )

  it("a secret that anybody could guess is the programmer's to put right", async () => {
    await expect(verifySharedSecret({ given: "", expected: "" })).rejects.toMatchObject({ code: "proof/no_secret" })
    const empty = verifyIntercomRequest({ body: "", signature: "", clientSecret: "" })
    await expect(empty).rejects.toMatchObject({ code: "proof/no_secret" })
  })
})

it("no refusal repeats what was sent", async () => {
  const canary = "canary-7731"
  const refusals = await Promise.all([
    verifyIntercomRequest({ body: canary, signature: canary, clientSecret: secret }),
    verifySalesforceRequest({ signedRequest: `${canary}.${canary}`, consumerSecret: secret, now }),
    verifySharedSecret({ given: canary, expected: secret }),
  ])
  expect(JSON.stringify(refusals)).not.toContain(canary)
})
