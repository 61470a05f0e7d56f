import * as fc from "fast-check"
import { expect, it } from "vitest"
import { revealHidden } from "./reveal-hidden.ts"

it.each([
  ["ada@example.com", "ada@example.com"],
  ["a\u202eb\u200bc\u0000", "a⟨202E⟩b⟨200B⟩c⟨0000⟩"],
  ["\ufeffx\u00ad\u{e0049}", "⟨FEFF⟩x⟨00AD⟩⟨E0049⟩"],
  ["a\u200db", "a⟨200D⟩b"],
  ["👩\u200d🚀", "👩\u200d🚀"],
  ["Zoë José 王 أحمد", "Zoë José 王 أحمد"],
])("%j reads %j", (text, read) => {
  expect(revealHidden(text)).toBe(read)
})

it("two texts that look alike but for what is hidden read differently", () => {
  const hidden = fc.constantFrom("\u200b", "\u202e", "\u2066", "\u00ad", "\u0007", "\u{e0041}")
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,20}$/), fc.nat(20), hidden, (text, place, character) => {
      const read = revealHidden(text.slice(0, place) + character + text.slice(place))
      expect(read).not.toBe(text)
      expect(read).not.toMatch(/\p{Cf}|\p{Cc}/u)
    }),
  )
})
