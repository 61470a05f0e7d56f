import type { LoggedSignal } from "@tellonce/core"
import { expect, it } from "vitest"
import { createTaken, type Taken } from "./create-taken.ts"

const signal = (id: string): LoggedSignal => ({
  seq: 1,
  key: "user:1",
  received: 1,
  signal: { id, at: 1, identity: { kind: "user", value: "1" }, authority: "customer", channel: "c", source: "s" },
})
const addAll = (taken: Taken, added: readonly LoggedSignal[], body = "{}") =>
  taken.add(
    added,
    added.map(() => body),
  )
const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => signal(`${name}-${index}`))

it("knows the newest whole and older ones by their fingerprints; of what never came it takes next to none for known", () => {
  const taken = createTaken()
  const came = many("came", 40_000)
  addAll(taken, came)
  const newest = came.slice(-10_000)
  expect(newest.every((one) => taken.signal(one) === one && !taken.mayHold(one))).toBe(true)
  expect(came.every((one) => taken.signal(one) === one || taken.mayHold(one))).toBe(true)

  const others = many("other", 100_000)
  expect(others.filter((one) => taken.signal(one) !== undefined)).toEqual([])
  // By chance 4: a doubt costs a look into the file, and no more.
  expect(others.filter(taken.mayHold).length).toBeLessThan(50)
  taken.forget()
  expect(came.some((one) => taken.signal(one) ?? taken.mayHold(one))).toBe(false)
})

it("one whose fingerprint is that of another is not taken for it", () => {
  const taken = createTaken()
  const came = many("came", 10_000)
  addAll(taken, came)
  // Of 10,000 and 400,000 about four pairs share a fingerprint.
  const alike = many("other", 400_000).filter(taken.mayHold)
  expect(alike.length).toBeGreaterThan(0)
  expect(alike.filter((one) => taken.signal(one) !== undefined)).toEqual([])
  addAll(taken, alike)
  expect(alike.every((one) => taken.signal(one) === one)).toBe(true)
  // Whom they have put out is only in doubt now.
  expect(came.filter((one) => taken.signal(one) !== one).every(taken.mayHold)).toBe(true)
})

it("large ones it knows by their fingerprints alone, however few they are", () => {
  const taken = createTaken()
  const large = many("large", 10)
  addAll(taken, large, "x".repeat(1_025))
  expect(large.every((one) => taken.signal(one) === undefined && taken.mayHold(one))).toBe(true)
})
