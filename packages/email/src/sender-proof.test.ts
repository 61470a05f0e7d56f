import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isProven, senderIdentity, toSenderProof } from "./sender-proof.ts"
import type { SenderAuth } from "./trust/sender-auth.ts"

const pass: SenderAuth = { verdict: "pass", method: "dmarc", domain: "bank.example", source: "provider" }
const proofOf = (from: string, auth: Partial<SenderAuth> = {}) => toSenderProof(from, { ...pass, ...auth })

it("a pass proves an address of the domain it is about", () => {
  expect(proofOf("ada@bank.example")).toEqual({ level: "verified", method: "dmarc", address: "ada@bank.example" })
  expect(proofOf("ada@news.bank.example", { method: "dkim" })).toMatchObject({ level: "verified", method: "dkim" })
})

it.each<[string, Partial<SenderAuth>]>([
  ["ada@bank.example", { verdict: "fail" }],
  ["ada@bank.example", { verdict: "none" }],
  ["ada@bank.example", { method: "none" }],
  ["ada@bank.example", { domain: "evil.example" }],
  ["ada@bank.example", { domain: "" }],
  ["ada@bank.example.evil.example", {}],
  ["ada@other.co.uk", { domain: "bank.co.uk" }],
])("%s is not proven by %j", (from, auth) => expect(proofOf(from, auth)).toEqual({ level: "claimed" }))

describe("an address that is made to be taken for another is never proven, whoever says so", () => {
  it.each([
    ["a letter of another script", "\u0430da@bank.example"],
    ["a letter of another script in the domain", "ada@b\u0430nk.example"],
    ["full-width letters", "\uff41da@bank.example"],
    ["a ligature", "o\ufb03ce@bank.example"],
    ["the KELVIN SIGN", "\u212aim@bank.example"],
    ["a sign without a shape", "a\u200bda@bank.example"],
    ["a mark that turns the direction", "\u202eada@bank.example"],
  ])("%s", (_, address) => {
    expect(proofOf(address, { domain: address.split("@")[1] ?? "" })).toEqual({ level: "claimed" })
    const signedIn = { level: "verified", method: "smtp-auth", address } as const
    expect(isProven(address, signedIn)).toBe(false)
    expect(senderIdentity(address, signedIn).kind).toBe("unproven.email")
  })

  it("an honest one in any script is", () => {
    for (const address of ["jörg@bank.example", "анна@почта.example", "太郎@bank.example"])
      expect(isProven(address, { level: "verified", method: "smtp-auth", address })).toBe(true)
  })
})

it("no address proves another", () => {
  const address = fc.emailAddress()
  fc.assert(
    fc.property(address, address, (from, proven) => {
      fc.pre(from.toLowerCase() !== proven.toLowerCase())
      expect(isProven(from, { level: "verified", method: "dmarc", address: proven })).toBe(false)
    }),
  )
})
