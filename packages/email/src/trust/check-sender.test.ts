import { describe, expect, it } from "vitest"
import type { SenderCheck } from "./check-sender.ts"
import { ada, bank, check, compose, evil, seal, sign } from "./mail-lab.suite.ts"

describe("a mail that is what it says", () => {
  it("passes DMARC, signed and from its own server", async () => {
    expect(await check(await sign(compose(ada), "bank.example"), ada, bank)).toEqual({
      verdict: "pass",
      method: "dmarc",
      domain: "bank.example",
      policy: "reject",
      source: "mailauth",
    })
  })

  it("passes by its signature alone when it was forwarded unchanged, and by its server alone when it is not signed", async () => {
    expect(await check(await sign(compose(ada), "bank.example"), ada, evil)).toMatchObject({ verdict: "pass" })
    expect(await check(compose(ada), ada, bank)).toMatchObject({ verdict: "pass", method: "dmarc" })
  })

  it("passes by what belongs to its domain where the domain has no policy", async () => {
    const bob = "bob@small.example"
    expect(await check(compose(bob), bob, { ...bank, mailFrom: bob })).toMatchObject({ verdict: "pass", method: "spf" })
  })

  it("a domain that asks for strict alignment gets it", async () => {
    const eve = "eve@strict.example"
    const own = { ...bank, mailFrom: eve }
    expect(await check(compose(eve), eve, own)).toMatchObject({ verdict: "pass" })
    expect(await check(await sign(compose(eve), "mail.strict.example"), eve, evil)).toMatchObject({ verdict: "none" })
  })
})

describe("a mail that a list has changed", () => {
  const good = "mx.lists.example; dmarc=pass header.from=bank.example"
  const changed = async (results: string) =>
    seal((await sign(compose(ada), "bank.example")).replace("my order", "[list] my order"), "lists.example", results)
  const list = { ...evil, mailFrom: "bounces@lists.example" }

  it("is believed where the list is trusted and has seen it pass", async () => {
    const raw = await changed(good)
    expect(await check(raw, ada, list, { trustedSealers: ["lists.example"] })).toMatchObject({
      verdict: "pass",
      method: "arc",
    })
  })

  it("is not believed from a list that nobody trusts, nor one that saw it fail, nor once it is changed again", async () => {
    const trusted = { trustedSealers: ["lists.example"] }
    const failed = await changed("mx.lists.example; dmarc=fail header.from=bank.example")
    const other = await changed("mx.lists.example; dmarc=pass header.from=evil.example")
    const again = (await changed(good)).replace("1 Ada Lane", "6 Evil Street")
    for (const [raw, options] of [
      [await changed(good), {}],
      [failed, trusted],
      [other, trusted],
      [again, trusted],
    ] as const)
      expect(await check(raw, ada, list, options)).toMatchObject({ verdict: "fail", method: "dmarc" })
  })
})

describe("what cannot be checked proves nothing, and throws nothing", () => {
  it.each<[string, Partial<SenderCheck>]>([
    ["a name service that is away", { resolver: async () => Promise.reject(new Error("timeout")) }],
    ["a check that fails", { authenticate: async () => Promise.reject(new Error("broken")) }],
    ["rubbish", { raw: new Uint8Array([0, 1, 2, 255]) }],
  ])("%s", async (_, more) => {
    expect(await check(compose(ada), ada, bank, more)).toMatchObject({ verdict: "none" })
  })
})
