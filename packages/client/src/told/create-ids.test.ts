import * as fc from "fast-check"
import { validate, version } from "uuid"
import { expect, it } from "vitest"
import { createIds } from "./create-ids.ts"

it("are UUIDs of version 7, each after the one before, whatever the clock does and whatever chance", () => {
  const eight = fc.uint8Array({ minLength: 8, maxLength: 8 })
  const times = fc.array(fc.tuple(fc.nat({ max: 2 ** 45 }), eight), { minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(times, (moments) => {
      let chance = new Uint8Array(8)
      const makeId = createIds(() => chance)
      const made = moments.map(([now, bytes]) => {
        chance = bytes
        return makeId(now)
      })
      expect(made.every((id) => validate(id) && version(id) === 7)).toBe(true)
      expect([...made].sort()).toEqual(made)
      expect(new Set(made).size).toBe(made.length)
    }),
  )
})

it("ten thousand of one millisecond stay in order, and no two makers make the same", () => {
  const [one, other] = [createIds(), createIds()]
  const made = Array.from({ length: 10_000 }, () => one(1))
  expect([...made].sort()).toEqual(made)
  expect(new Set([...made, ...made.map(() => other(1))]).size).toBe(20_000)
})
