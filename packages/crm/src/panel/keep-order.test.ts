import { expect, it } from "vitest"
import { keepOrder } from "./keep-order.ts"

const known = (...fields: readonly string[]) => fields.map((field) => ({ field }))

it("what was shown stays where it was, what is gone leaves no gap, and news come first, the newest before the others", () => {
  expect(keepOrder(known("c", "new", "a", "newer"), ["a", "b", "c"])).toEqual(known("new", "newer", "a", "c"))
  expect(keepOrder(known("b", "a"), [])).toEqual(known("b", "a"))
})
