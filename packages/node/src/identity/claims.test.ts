import { defineContext, latest, view } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"

const shop = defineContext({ name: "shop", version: 1, fields: { orderNumber: latest(z.string()) } })
const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }
const canary = "CANARY-7731"
const victim = { kind: "email", value: "victim@example.com" }
const account = { kind: "user", value: "victim-1" }

/** A service with a victim in it, and a stranger's page with a visitor's token. */
const start = async () => {
  const store = createMemoryStore()
  let time = Date.UTC(2026, 5, 1)
  const clock = () => {
    time += 1
    return time
  }
  const rates = { visitor: { burst: 10_000, perSecond: 10_000 } }
  const tellonce = createTellonce({ context: shop, store, keys, clock, log: false, rates: rates as never })
  const send = async (credential: string, path: string, body?: unknown) => {
    const response = await tellonce.fetch(
      new Request(`http://tellonce.test${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${credential}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    return { status: response.status, text, body: JSON.parse(text) }
  }
  const event = { name: "message", text: canary } as const
  await tellonce.record([{ identity: victim, channel: "web", source: "shop", facts: { orderNumber: canary }, event }])
  await tellonce.link(account, victim, "shop")
  const { body } = await send(keys.publishable, "/v1/visitors", {})
  return { tellonce, store, clock, send, visitor: body as { token: string; identity: typeof victim } }
}

const signal = (id: string, at: number, rest: object) => ({ id, at, channel: "web", source: "page", ...rest })
const claim = (to: object) => ({ event: { name: "linked", to, proof: "claimed" } })

describe("a claim without proof", () => {
  it("crowds out no proof, however many are made", async () => {
    const { tellonce, send, visitor, clock } = await start()
    await tellonce.link(visitor.identity, { kind: "user", value: "hers" }, "shop")
    for (const batch of [0, 1, 2]) {
      const signals = Array.from({ length: 50 }, (_, at) =>
        signal(`c${batch}-${at}`, clock(), claim({ kind: "email", value: `e${batch}-${at}@example.com` })),
      )
      await send(visitor.token, "/v1/signals", { signals })
    }
    const { identities, context } = await tellonce.customer(visitor.identity)
    expect(identities).toContain("user:hers")
    const proofs = view(context, { now: clock() }).$.links.map(({ proof }) => proof)
    expect(proofs.filter((proof) => proof === "claimed")).toHaveLength(100)
    expect(proofs).toContain("verified")
  })

  it("reads nothing: no answer to a stranger holds one byte of the victim's", async () => {
    const { send, visitor, clock } = await start()
    const attacks: [path: string, body?: unknown][] = [
      ["/v1/signals", { signals: [signal("a1", clock(), claim(victim)), signal("a2", clock(), claim(account))] }],
      ["/v1/signals", { signals: [signal("a3", clock(), { identity: victim, ...claim(visitor.identity) })] }],
      [
        "/v1/signals",
        { signals: [signal("a4", clock(), { event: { name: "linked", to: victim, proof: "verified" } })] },
      ],
      ["/v1/signals", { signals: [signal("a5", clock(), { event: { name: "unlinked", to: victim } })] }],
      ["/v1/signals", { signals: [signal("a6", clock(), { identity: victim, facts: { orderNumber: "?" } })] }],
      ["/v1/signals", { signals: [signal("a7", clock(), claim({ kind: "email", value: "Victim@EXAMPLE.com " }))] }],
      ["/v1/signals", { signals: [signal("a8", clock(), claim({ kind: "email", value: "victim@example\uff0ecom" }))] }],
      ["/v1/links", { identity: visitor.identity, to: victim }],
      ["/v1/links/unlink", { identity: account, to: victim }],
      ["/v1/links/preview", { identity: account, to: victim }],
      ["/v1/asks", { fields: ["orderNumber"], channel: "web" }],
      ["/v1/asks", { identity: victim, fields: ["orderNumber"], channel: "web" }],
      ["/v1/context"],
      ["/v1/context?identity=email:victim@example.com"],
      ["/v1/context?identity=email:VICTIM@example.com"],
      ["/v1/hash?identity=email:victim@example.com"],
      ["/v1/context?identity=user:victim-1"],
    ]
    for (const [path, body] of attacks) {
      const answer = await send(visitor.token, path, body)
      expect(answer.status, path).toBeLessThan(500)
      expect(answer.text, path).not.toContain(canary)
    }
    const own = await send(visitor.token, "/v1/context")
    expect(own.body.identities).toEqual([`anonymous:${visitor.identity.value}`])
  })

  it("is answered the same whether or not there is somebody of that name", async () => {
    const { send, visitor, clock } = await start()
    const answerTo = async (value: string) => {
      const { body } = await send(visitor.token, "/v1/signals", {
        signals: [signal(`c-${value}`, clock(), claim({ kind: "email", value }))],
      })
      const { id: _id, at: _at, ...rest } = body.results[0]
      return rest
    }
    expect(await answerTo("victim@example.com")).toEqual(await answerTo("no-such-person@example.com"))
  })

  it("leaves the victim's context as it was, byte by byte, however many there are", async () => {
    const { send, visitor, store, clock } = await start()
    const keysOf = ["email:victim@example.com", "user:victim-1"]
    const before = await store.read(keysOf)
    const logged = (await store.log({ keys: keysOf })).length
    for (let round = 0; round < 3; round++) {
      const signals = Array.from({ length: 100 }, (_none, index) =>
        signal(`f${round}-${index}`, clock(), claim(index % 2 === 0 ? victim : account)),
      )
      const { body } = await send(visitor.token, "/v1/signals", { signals })
      expect(body.results.every(({ status }: { status: string }) => status === "accepted")).toBe(true)
    }
    expect(await store.read(keysOf)).toEqual(before)
    expect(await store.log({ keys: keysOf })).toHaveLength(logged)
  })

  it("is shown as a claim to whoever looks at who made it", async () => {
    const { send, visitor, tellonce, clock } = await start()
    await send(visitor.token, "/v1/signals", { signals: [signal("s", clock(), claim(victim))] })
    expect((await tellonce.view(visitor.identity)).$.links).toEqual([{ ...victim, proof: "claimed" }])
    expect((await tellonce.view(victim)).$.links.map(({ kind, proof }) => [kind, proof]).sort()).toEqual([
      ["email", "verified"],
      ["user", "verified"],
    ])
  })
})

describe("links over HTTP", () => {
  it("are stated, previewed and undone by the secret key", async () => {
    const { send, visitor } = await start()
    const pair = { identity: visitor.identity, to: victim }
    expect(await send(keys.secret, "/v1/links", pair)).toMatchObject({ status: 200, body: { status: "linked" } })
    const own = await send(keys.secret, `/v1/context?identity=anonymous:${visitor.identity.value}`)
    expect(own.body.identities).toHaveLength(3)
    const preview = await send(keys.secret, "/v1/links/preview", pair)
    expect(preview.body).toMatchObject({
      parted: true,
      sides: [{ identities: [`anonymous:${visitor.identity.value}`], facts: 0 }, { facts: 1 }],
    })
    const { now: _then, ...foreseen } = preview.body
    expect((await send(keys.secret, "/v1/links/unlink", pair)).body).toMatchObject(foreseen)
    const hash = await send(keys.secret, "/v1/hash?identity=user:victim-1")
    expect(hash.body.hash).toBe(foreseen.sides[1].hash)
  })

  it("that are refused say which rule refused them, and repeat no identity", async () => {
    const { send } = await start()
    const refused = async (path: string, identity: object, to: object) => {
      const { status, text, body } = await send(keys.secret, path, { identity, to })
      expect(text).not.toMatch(/victim|canary/i)
      return [status, body.error.code]
    }
    const other = { kind: "user", value: "victim-2" }
    expect(await refused("/v1/links", other, victim)).toEqual([409, "link/conflict"])
    expect(await refused("/v1/links", { kind: "user", value: "null" }, victim)).toEqual([400, "identity/blocked"])
    expect(await refused("/v1/links", { kind: "phone", value: "12" }, victim)).toEqual([400, "identity/phone"])
    expect(await refused("/v1/links/unlink", other, victim)).toEqual([404, "link/unknown"])
    expect(await refused("/v1/links/preview", other, victim)).toEqual([404, "link/unknown"])
  })

  it.each(["/v1/links", "/v1/links/unlink", "/v1/links/preview"])("%s is not for a page", async (path) => {
    const { send, visitor, tellonce } = await start()
    const { token } = await tellonce.issueToken({ kind: "customer", identity: account })
    for (const credential of [visitor.token, token, keys.publishable]) {
      const answer = await send(credential, path, { identity: account, to: victim })
      expect([answer.status, answer.body.error.code]).toEqual([403, "access/denied"])
    }
  })
})

describe("identities at the edge", () => {
  it("are looked up as they are stored, however they are written", async () => {
    const { send } = await start()
    const { body } = await send(keys.secret, `/v1/context?identity=${encodeURIComponent("email: Victim@Example.com ")}`)
    expect(body.identities).toEqual(["email:victim@example.com", "user:victim-1"])
  })

  it("that fold into the victim's elsewhere are refused, in signals and in queries", async () => {
    const { send, clock } = await start()
    for (const value of ["v\u0131ctim@example.com", "victim@example.com\u202e", "\uff56ictim@example.com"]) {
      const query = await send(keys.secret, `/v1/context?identity=${encodeURIComponent(`email:${value}`)}`)
      expect([query.status, query.body.error.code]).toEqual([400, "identity/unsafe"])
      const said = { authority: "record", identity: { kind: "email", value }, facts: { orderNumber: "x" } }
      const written = await send(keys.secret, "/v1/signals", { signals: [signal("u", clock(), said)] })
      expect(written.body.results[0]).toMatchObject({ status: "rejected", code: "identity/unsafe" })
    }
  })

  it("that name nobody hold no facts, and stop no other signal of the batch", async () => {
    const { send, clock } = await start()
    const said = (value: string) =>
      signal(`n-${value}`, clock(), {
        authority: "record",
        identity: { kind: "user", value },
        facts: { orderNumber: "x" },
      })
    const { body } = await send(keys.secret, "/v1/signals", { signals: [said("null"), said("u-1"), said("0")] })
    expect(body.results.map(({ code, status }: { code?: string; status: string }) => code ?? status)).toEqual([
      "identity/blocked",
      "accepted",
      "identity/blocked",
    ])
  })

  it.each(["null", "undefined"])("no customer token is issued for user %j", async (value) => {
    const { send, tellonce } = await start()
    const grant = { kind: "customer", identity: { kind: "user", value } } as const
    expect((await send(keys.secret, "/v1/tokens", grant)).body.error.code).toBe("identity/blocked")
    await expect(tellonce.issueToken(grant)).rejects.toMatchObject({ code: "identity/blocked" })
  })
})
