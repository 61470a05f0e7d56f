import * as fc from "fast-check"
import { expect, it } from "vitest"
import { tellId } from "./tell-id.ts"

it("short ids stay readable", () => {
  expect(tellId("rage-clicks", "c3")).toBe("tell-rage-clicks-c3")
  expect(tellId("x", "a".repeat(121))).toBe(`tell-x-${"a".repeat(121)}`)
})

it("any id an id may be gives an id, and two that differ at their ends stay two", () => {
  const id = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 128 })
    .filter((text) => /^[^\s#]{1,128}$/.test(text))
  fc.assert(
    fc.property(id, (text) => {
      const told = tellId("a-name-as-long-as-a-name-may-be", text)
      expect(told).toMatch(/^[^\s#]{1,128}$/)
      expect(new TextDecoder().decode(new TextEncoder().encode(told))).toBe(told)
    }),
  )
  const long = "x".repeat(127)
  expect(new Set(Array.from("abcdefgh", (end) => tellId("rage-clicks", long + end))).size).toBe(8)
})

it("a character of two halves is not cut in two", () => {
  for (const shift of [0, 1]) {
    const told = tellId("x", "a".repeat(shift) + "😀".repeat(63))
    expect(new TextDecoder().decode(new TextEncoder().encode(told))).toBe(told)
  }
})
