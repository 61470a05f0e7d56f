import * as fc from "fast-check"
import { expect, it } from "vitest"
import { parseCorrection, toCorrectable } from "./parse-correction.ts"

it.each([
  ["Berlin ", "Potsdam", "Berlin"],
  ["5", 4, 5],
  ["many", 4, undefined],
  ["Infinity", 4, undefined],
  ["true", false, true],
  ["yes", false, undefined],
  ["a, b ,, c", ["x"], ["a", "b", "c"]],
  ['{"street":"x"}', { street: "y" }, { street: "x" }],
  ["[1]", { street: "y" }, undefined],
  ["{", { street: "y" }, undefined],
  ["  ", "Potsdam", undefined],
])("%j, in the place of %j, is %j", (typed, current, value) => {
  expect(parseCorrection(typed, current)).toEqual(value)
})

it("what is saved as it was shown is the same value", () => {
  const values = fc.oneof(
    fc.string().map((text) => `x${text.trim()}`),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.array(fc.stringMatching(/^[a-z]+$/), { minLength: 1 }),
    fc.array(fc.stringMatching(/^[a-z]+,[a-z]+$/), { minLength: 1 }),
    fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.integer()),
  )
  fc.assert(
    fc.property(values, (value) => {
      expect(parseCorrection(toCorrectable(value), value)).toEqual(value)
    }),
  )
})
