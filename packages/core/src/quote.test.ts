import fc from "fast-check"
import { expect, it } from "vitest"
import { quote } from "./quote.ts"

it("writes every text as JSON does", () => {
  const unit = fc.constantFrom("a", " ", "~", '"', "\\", "\n", "\u007f", "\u2028", "é", "\ud800", "😀")
  const texts = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit }))
  fc.assert(
    fc.property(texts, (text) => {
      expect(quote(text)).toBe(JSON.stringify(text))
    }),
    { numRuns: 2_000 },
  )
})
