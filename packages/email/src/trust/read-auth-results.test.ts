import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseAuthResults } from "./parse-auth-results.ts"
import { type AuthResultsOptions, readAuthResults } from "./read-auth-results.ts"

const ours = "Received: from mail.bank.example by mx.acme.example; Mon, 6 May 2024 10:00:00 +0000"
const good = "Authentication-Results: mx.acme.example; dmarc=pass header.from=bank.example"
const from = "ada@bank.example"
const read = (lines: readonly string[], more: Partial<AuthResultsOptions> = {}) =>
  readAuthResults({
    raw: Buffer.from([...lines, `From: ${from}`, "Subject: hello", "", good, "", "text"].join("\r\n")),
    from,
    authservId: "mx.acme.example",
    ...more,
  }).verdict

describe("a result counts only", () => {
  it("when our border server wrote it", () => {
    expect(read([good, ours])).toBe("pass")
    expect(read([good.replace("mx.acme", "MX.Acme"), ours])).toBe("pass")
    expect(read([good.replace("mx.acme.example", "mx.evil.example"), ours])).toBe("none")
    expect(read([good.replace("mx.acme.example", "mx.acme.example.evil.example"), ours])).toBe("none")
  })

  it("above what the sender can have written", () => {
    expect(read([ours, good])).toBe("none")
    expect(read([good])).toBe("none")
    expect(read([])).toBe("none")
    expect(read([good, ours], { hops: 2 })).toBe("none")
    expect(read([ours, good, ours], { hops: 2 })).toBe("pass")
    expect(read([ours, ours, good], { hops: 2 })).toBe("none")
  })

  it("directly below our own Received header, where the border server removes what comes in under its name", () => {
    const theirs = "Received: by mail.bank.example"
    expect(read([ours, good, theirs], { strips: true })).toBe("pass")
    expect(read([ours, theirs, good], { strips: true })).toBe("none")
  })

  it("as a header of its own: not inside one that quotes what the sender said", () => {
    expect(read([`Received: from evil\x0b${good} by mx.acme.example`, ours], { hops: 2 })).toBe("none")
    expect(read([ours.replace("from", `from x\r\n ${good}`), ours], { hops: 2 })).toBe("none")
  })

  it("for the domain in From", () => {
    expect(read([good.replace("=bank.example", "=evil.example"), ours])).toBe("none")
    expect(read([good.replace("=bank.example", "=news.bank.example"), ours])).toBe("pass")
  })

  it("while no other of ours says otherwise", () => {
    expect(read([good, good.replace("pass", "fail"), ours])).toBe("fail")
    expect(read([good, good.replace("pass", "temperror"), ours])).toBe("none")
  })
})

describe("without a result of DMARC, what belongs to the domain decides", () => {
  const results = (text: string) => read([`Authentication-Results: mx.acme.example; ${text}`, ours])
  it.each([
    ["dkim=pass header.d=bank.example", "pass"],
    ["dkim=pass header.d=news.bank.example", "pass"],
    ["dkim=pass header.d=evil.example", "none"],
    ["dkim=fail header.d=bank.example", "none"],
    ["spf=pass smtp.mailfrom=ada@bank.example", "pass"],
    ["spf=pass smtp.mailfrom=bank.example", "pass"],
    ["spf=pass smtp.mailfrom=me@evil.example", "none"],
    ["spf=pass smtp.helo=bank.example", "none"],
    ["dmarc=none header.from=bank.example; dkim=pass header.d=bank.example", "pass"],
    ["dmarc=fail header.from=bank.example; dkim=pass header.d=bank.example", "fail"],
    ["none", "none"],
  ])("%s: %s", (text, verdict) => expect(results(text)).toBe(verdict))
})

describe("the grammar of RFC 8601", () => {
  it("reads comments, quoted strings, versions and folded white space", () => {
    const value =
      'mx.example 1 (a (nested) comment; dmarc=pass);\t dkim/1 = pass (2048 bit) header.d="bank.example" ; spf=none'
    const found = parseAuthResults(value)
    expect(found?.authservId).toBe("mx.example")
    expect(found?.results.map(({ method, result }) => [method, result])).toEqual([
      ["dkim", "pass"],
      ["spf", "none"],
    ])
    expect(found?.results[0]?.properties.get("header.d")).toBe("bank.example")
  })

  it.each([
    "",
    ";",
    "mx.example (open",
    'mx.example; dkim="open',
    "mx.example 2; dkim=pass",
    "a b c; dkim=pass",
    "mx.example; dkim",
    "mx.example; dkim=pass word",
    "dmarc=pass",
    "mx.example) ; dkim=pass",
  ])("does not read %j", (value) => expect(parseAuthResults(value)).toBeUndefined())

  it("reads any text without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (value) => {
        const results = parseAuthResults(value)?.results ?? []
        expect(results.every(({ method }) => method !== "")).toBe(true)
      }),
    )
    const words = fc.array(
      fc.constantFrom("mx.example", ";", "dmarc=pass", "(", ")", '"', "\\", "=", " ", "header.from=a.example"),
    )
    fc.assert(
      fc.property(words, (parts) => {
        parseAuthResults(parts.join(""))
      }),
    )
  })
})
