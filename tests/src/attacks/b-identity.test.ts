import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { said } from "../service-under-test.ts"
import { leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

const link = (to: object, proof: string, rest: object = {}) => said({ ...rest, event: { name: "linked", to, proof } })
const readAs = (credential: string) => service.attack("/v1/context", { credential })
const verifiedOf = async () => {
  const { body } = await service.call(`/v1/context?identity=${victimKey}`)
  return { identities: body.identities, order: body.view.orderNumber }
}

describe("a claim reads nothing and changes nothing that is proven", () => {
  it.each<[string, object]>([
    ["a page claims to be the victim", link(victim, "claimed")],
    ["a page vouches for itself", link(victim, "verified")],
    ["a page vouches as the record", link(victim, "verified", { authority: "record" })],
    ["a page vouches as an agent", link(victim, "verified", { authority: "agent", speaker: "desk" })],
    ["a page names the victim as its own identity", said({ identity: victim, facts: { orderNumber: "forged" } })],
    ["a page says the victim's address as a fact", said({ facts: { orderNumber: victim.value } })],
    ["a page claims in capitals", link({ ...victim, value: victim.value.toUpperCase() }, "claimed")],
    [
      "a page undoes a link of the victim",
      said({ identity: victim, event: { name: "unlinked", to: { kind: "user", value: "1" } } }),
    ],
  ])("%s", async (_, signal) => {
    const before = await verifiedOf()
    const { token } = await service.visitor()
    await service.send([signal], token)
    await readAs(token)
    await service.attack("/v1/asks", { credential: token, body: { fields: ["orderNumber", "tags"], channel: "web" } })
    expect(leaksIn(service.heard)).toEqual([])
    expect(await verifiedOf()).toMatchObject({ identities: before.identities, order: { value: before.order.value } })
  })

  it("a visitor whose claim an agent looks at stays a claim", async () => {
    const { token, identity } = await service.visitor()
    await service.send([link(victim, "claimed")], token)
    const { body } = await service.call(`/v1/context?identity=anonymous:${identity.value}`)
    expect(body.identities).toEqual([`anonymous:${identity.value}`])
    expect(body.view.$.links).toMatchObject([{ ...victim, proof: "claimed" }])
  })
})

describe("another spelling of the victim's address is not the victim", () => {
  it.each<[string, string]>([
    ["the KELVIN SIGN for k", "\u212Aim@victim.example"],
    ["a dotless i", "k\u0131m@victim.example"],
    ["a long s lookalike domain", "kim@victim.example\u0000"],
    ["a Cyrillic i", "k\u0456m@victim.example"],
    ["a full-width letter", "\uFF4Bim@victim.example"],
    ["a zero-width joiner inside", "ki\u200Dm@victim.example"],
    ["a soft hyphen inside", "ki\u00ADm@victim.example"],
    ["a right-to-left override", "\u202Ekim@victim.example"],
    ["a combining mark", "ki\u0307m@victim.example"],
    ["an ideographic full stop", "kim@victim\u3002example"],
    ["an address in a comment", "kim@victim.example(me@evil.example)"],
    ["two addresses", "kim@victim.example,me@evil.example"],
    ["a tab inside", "kim@\tvictim.example"],
  ])("%s", async (_, value) => {
    await service.send([said({ identity: { kind: "email", value }, facts: { orderNumber: "forged" } })])
    const { body } = await service.call(`/v1/context?identity=${victimKey}`)
    expect(body.view.orderNumber.value).not.toBe("forged")
    const { status, body: issued } = await service.call("/v1/tokens", {
      body: { kind: "customer", identity: { kind: "email", value } },
    })
    if (status === 201) await readAs(issued.token)
    expect(leaksIn(service.heard)).toEqual([])
  })

  it("the same letters composed and decomposed are one customer, so that no second one hides behind the first", async () => {
    const composed = { kind: "email", value: "ren\u00e9e@example.com" }
    await service.send([said({ identity: composed, facts: { orderNumber: "B-1" } })])
    const { body } = await service.call(`/v1/context?identity=${encodeURIComponent("email:rene\u0301e@example.com")}`)
    expect(body.view.orderNumber.value).toBe("B-1")
  })
})

describe("what everybody shares is nobody's identity", () => {
  it.each([
    "null",
    "undefined",
    "anonymous",
    "-1",
    "0",
    "00000000-0000-0000-0000-000000000000",
    "none",
    "NaN",
    "[object Object]",
  ])("two customers do not become one over %s", async (value) => {
    const shared = { kind: "user", value }
    const [one, two] = [`${value}-one@example.com`, `${value}-two@example.com`].map((mail) => ({
      kind: "email",
      value: mail,
    }))
    const results = await service.send([
      said({
        identity: one,
        authority: "record",
        facts: { orderNumber: "ONE" },
        event: { name: "linked", to: shared, proof: "verified" },
      }),
      said({ identity: two, authority: "record", event: { name: "linked", to: shared, proof: "verified" } }),
    ])
    expect(results.every((result) => result !== "accepted")).toBe(true)
  })

  it("two verified addresses of a kind that a customer has one of are never joined", async () => {
    const [ours, theirs] = ["u-1", "u-2"].map((value) => ({ kind: "user", value }))
    await service.send([
      said({ identity: victim, authority: "record", event: { name: "linked", to: ours, proof: "verified" } }),
    ])
    const [second] = await service.send([
      said({ identity: victim, authority: "record", event: { name: "linked", to: theirs, proof: "verified" } }),
    ])
    expect(second).not.toBe("accepted")
    const { token } = await service.tellonce.issueToken({ kind: "customer", identity: { kind: "user", value: "u-2" } })
    await readAs(token)
    expect(leaksIn(service.heard)).toEqual([])
  })

  it("a link to oneself joins nothing", async () => {
    const before = await verifiedOf()
    await service.send([link(victim, "verified", { identity: victim, authority: "record" })])
    expect((await verifiedOf()).identities).toEqual(before.identities)
  })
})
