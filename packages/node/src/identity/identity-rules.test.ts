import { canonicalIdentity, identityKey } from "@tellonce/core"
import * as fc from "fast-check"
import { type CountryCode, getCountries, getExampleNumber } from "libphonenumber-js/max"
import examples from "libphonenumber-js/mobile/examples"
import { describe, expect, it } from "vitest"
import { createIdentityRules } from "./identity-rules.ts"

const rules = createIdentityRules({ defaultCountry: "DE" })
const canonical = (kind: string, value: string, of = rules) => {
  const result = of.canonical({ kind, value })
  return result.ok ? result.identity.value : result.code
}

describe("laws of canonical identities", () => {
  const kinds = fc.constantFrom("email", "unproven.email", "phone", "user", "device", "anonymous")
  const values = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ unit: "grapheme", maxLength: 20 }).map((local) => `${local}@Exämple.com`),
    fc.emailAddress(),
    fc.constantFrom(
      ...getCountries().flatMap((country) => getExampleNumber(country, examples)?.formatNational() ?? []),
    ),
  )

  it("canonical once is canonical for ever, here and in core", () => {
    fc.assert(
      fc.property(kinds, values, (kind, value) => {
        const once = rules.canonical({ kind, value })
        if (!once.ok) return
        expect(rules.canonical(once.identity)).toEqual(once)
        expect(canonicalIdentity(once.identity)).toEqual(once.identity)
      }),
      { numRuns: 5_000 },
    )
  })

  it("what is canonical already stays the same object", () => {
    for (const [kind, value] of [
      ["email", "ada@example.com"],
      ["user", "Müller 1"],
      ["phone", "+4930901820"],
    ] as const) {
      const identity = { kind, value }
      const result = rules.canonical(identity)
      expect(result.ok && result.identity).toBe(identity)
    }
  })

  it("a refusal never repeats the value", () => {
    for (const value of ["canary\u202e", "canary", "+49 canary"]) {
      for (const kind of ["email", "phone", "user"]) {
        expect(JSON.stringify(rules.canonical({ kind, value })).includes("canary")).toBe(
          rules.canonical({ kind, value }).ok,
        )
      }
    }
  })
})

describe("mail addresses", () => {
  it.each([
    [" Ada@Example.COM\n", "ada@example.com"],
    ["ada+shop@example.com", "ada+shop@example.com"],
    ["a.d.a@example.com", "a.d.a@example.com"],
    ["jose\u0301@example.com", "josé@example.com"],
    ["JOSÉ@example.com", "josé@example.com"],
    ["МАША@пример.рф", "маша@пример.рф"],
    ['"ada lovelace"@example.com', '"ada lovelace"@example.com'],
  ])("%j is %j", (given, expected) => expect(canonical("email", given)).toBe(expected))

  it.each([
    ["the Kelvin sign", "mi\u212ae@github.com"],
    ["a dotless i", "m\u0131ke@github.com"],
    ["a long s", "jame\u017f@github.com"],
    ["the ligature fi", "\ufb01nn@github.com"],
    ["full-width letters", "\uff41da@example.com"],
    ["a Cyrillic a among Latin letters", "\u0430da@example.com"],
    ["a Greek o in a domain", "ada@g\u03bfogle.com"],
    ["a bidi override", "ada\u202e@example.com"],
    ["a zero-width joiner", "a\u200dda@example.com"],
    ["a soft hyphen", "a\u00adda@example.com"],
    ["a Hangul filler", "a\u3164da@example.com"],
    ["a NUL", "ada\0@example.com"],
    ["a no-break space", '"a\u00a0b"@example.com'],
    ["a lone surrogate", "ada\ud800@example.com"],
  ])("%s is refused and cannot be another's address", (_what, value) =>
    expect(canonical("email", value)).toBe("identity/unsafe"),
  )

  it.each(["ada", "@example.com", "ada@", "a@b@c", "ada lovelace@example.com", "ada\uff20example.com"])(
    "%j is no address",
    (value) => expect(canonical("email", value)).toBe("identity/email"),
  )

  it("no two addresses that differ by more than case and composition become one", () => {
    const letters = fc.constantFrom(..."aAkKsSiIıİſKﬁｆéÉåÅßẞσςΣ", "e\u0301", "A\u030a")
    const word = fc.array(letters, { minLength: 1, maxLength: 3 }).map((all) => all.join(""))
    // Own statement of what may differ: a capital and its small letter, each mapped back and forth, composed or not.
    const meaning = (text: string) =>
      [...text.normalize("NFC")]
        .map((letter) => ({ ẞ: "ß", ς: "σ" })[letter] ?? letter)
        .map((letter) => (letter.toLowerCase().toUpperCase() === letter ? letter.toLowerCase() : letter))
        .join("")
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [one, other] = [canonical("email", `${a}@b.c`), canonical("email", `${b}@b.c`)]
        if (one === other && one.includes("@")) expect(meaning(a)).toBe(meaning(b))
      }),
      { numRuns: 20_000 },
    )
  })

  it("what nobody has proven is written the same way", () =>
    expect(canonical("unproven.email", "Ada@Example.com")).toBe("ada@example.com"))
})

describe("phone numbers", () => {
  it.each([
    ["+49 (30) 901-820", "+4930901820"],
    ["030 901820", "+4930901820"],
    ["0049 30 901820", "+4930901820"],
    ["+1 213 373 4253", "+12133734253"],
  ])("%j is %j", (given, expected) => expect(canonical("phone", given)).toBe(expected))

  it.each(["12", "+49", "call +49 30 901820", "+1 213 373 4253 ext. 12", "+999 12345678", "ada"])(
    "%j is refused",
    (value) => expect(canonical("phone", value)).toBe("identity/phone"),
  )

  it("a national number needs a country to be dialled in", () => {
    expect(canonical("phone", "030 901820", createIdentityRules())).toBe("identity/phone")
    expect(canonical("phone", "030 901820", createIdentityRules({ defaultCountry: "AT" as CountryCode }))).not.toBe(
      "+4930901820",
    )
  })
})

describe("other kinds", () => {
  it("case matters to a user id, composition and outer space do not", () => {
    expect(canonical("user", " U-1 ")).toBe("U-1")
    expect(canonical("user", "u-1")).toBe("u-1")
    expect(canonical("user", "re\u0301ne\u0301")).toBe("réné")
  })

  it.each(["\u212a1", "user\u202e1", "u\u200b1", "a\u037eb"])("%j is refused", (value) =>
    expect(canonical("user", value)).toBe("identity/unsafe"),
  )

  it.each(["", "  ", "\ufeff"])("%j names nobody", (value) =>
    expect(canonical("anonymous", value)).toBe("identity/blocked"),
  )
})

describe("values that name nobody", () => {
  it.each([
    ..."null undefined NULL None nil NaN true N/A anonymous Guest unknown -1 0 000 0.0 - ? ...".split(" "),
    "[object Object]",
    "00000000-0000-0000-0000-000000000000",
  ])("user %j is blocked", (value) => expect(rules.isBlocked({ kind: "user", value })).toBe(true))

  it.each(["null@example.com", "undefined@undefined", "no-reply@shop.com", "mailer-daemon@mx.shop.com"])(
    "mail from %j is nobody's",
    (value) => {
      expect(rules.isBlocked({ kind: "email", value })).toBe(true)
      expect(rules.isBlocked({ kind: "unproven.email", value })).toBe(true)
    },
  )

  it.each(["1", "10", "u-0", "nullmeyer", "test", "01", "a", "Ñ"])("user %j is somebody", (value) =>
    expect(rules.isBlocked({ kind: "user", value })).toBe(false),
  )

  it("a company adds its own", () => {
    const own = createIdentityRules({ blocked: ["Walk-in", "kasse@shop.com"] })
    expect(own.isBlocked({ kind: "user", value: "walk-in" })).toBe(true)
    expect(own.isBlocked({ kind: "email", value: "kasse@shop.com" })).toBe(true)
    expect(own.isBlocked({ kind: "user", value: "null" })).toBe(true)
  })
})

it("the key of an identity is the same in core and here, so that a page and the service name one place", () => {
  expect(identityKey({ kind: "email", value: " Ada@Example.com" })).toBe(
    `email:${canonical("email", " Ada@Example.com")}`,
  )
})
