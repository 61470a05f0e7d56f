import * as fc from "fast-check"
import { expect, it } from "vitest"
import { defuseText } from "./defuse-text.ts"

it.each([
  ["see https://evil.example/a?b=1 now", "see hxxps[:]//evil[.]example/a?b=1 now"],
  ["![x](https://evil.example/p.png)", "x (hxxps[:]//evil[.]example/p.png)"],
  ["[click](javascript:alert(1))", "click (javascript[:]alert(1))"],
  ["![a](![b](c)", "a (![b] (c)"],
  ["[a]javascript:(b)", "[a]javascript[:] (b)"],
  ["FTP://h", "FxP[:]//h"],
  ["order A-1042 of 3.5 kg, thanks. Bye", "order A-1042 of 3.5 kg, thanks. Bye"],
  ["go to www.evil.example", "go to www.evil[.]example"],
  ["pay\u202elive\u200b \u{e0041}\u001b[31mred\u001b[0m\u0007", "paylive red"],
  ["line one\n\tline two", "line one\n\tline two"],
  ["Grüße, 東京, Ünï", "Grüße, 東京, Ünï"],
])("%j reads %j", (text, expected) => {
  expect(defuseText(text)).toBe(expected)
})

it("nothing that is followed, loaded or unseen is left, in any text, and doing it twice changes nothing", () => {
  const nasty = fc.constantFrom(
    "https://",
    "javascript:",
    "![",
    "](",
    "(",
    ")",
    "\u200b",
    "\u202e",
    "\u001b[2J",
    "a.bc",
    "\u{e0061}",
    " ",
    "x",
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(nasty, fc.string({ unit: "binary" }))).map((parts) => parts.join("")),
      (text) => {
        const defused = defuseText(text)
        expect(defused).not.toMatch(/[a-z]:\/\/|\bjavascript:/i)
        expect(defused).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u)
        expect(defused).not.toContain("\u001b")
        expect(defused).not.toContain("](")
        expect(defuseText(defused)).toBe(defused)
      },
    ),
    { numRuns: 2_000 },
  )
})
