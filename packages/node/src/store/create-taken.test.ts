import type { LoggedSignal, Signal } from "@tellonce/core"
import { expect, it } from "vitest"
import { createTaken, type Taken } from "./create-taken.ts"

const loggedOf = (id: string, text?: string): LoggedSignal => {
  const identity = { kind: "user", value: "1" }
  const facts = text === undefined ? {} : { facts: { text } }
  const signal: Signal = { id, at: 1, identity, authority: "customer", channel: "c", source: "s", ...facts }
  return { seq: 1, key: "user:1", received: 1, signal }
}
const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => loggedOf(`${name}-${index}`))
const bodyOf = ({ signal }: LoggedSignal) => JSON.stringify(signal)
const isRecent = (taken: Taken, one: LoggedSignal) => taken.recent(one)?.body === bodyOf(one)
const addAll = (taken: Taken, added: readonly LoggedSignal[]) => taken.add(added, added.map(bodyOf))

it("knows the newest as they were written and older ones by their fingerprints; of what never came it takes next to none for known", () => {
  const taken = createTaken()
  const came = many("came", 40_000)
  addAll(taken, came)
  const newest = came.slice(-10_000)
  expect(newest.every((one) => isRecent(taken, one) && !taken.mayHold(one))).toBe(true)
  expect(came.every((one) => isRecent(taken, one) || taken.mayHold(one))).toBe(true)

  const others = many("other", 100_000)
  expect(others.filter((one) => taken.recent(one) !== undefined)).toEqual([])
  // By chance 4: a doubt costs a look into the file, and no more.
  expect(others.filter(taken.mayHold).length).toBeLessThan(50)
  taken.forget()
  expect(came.some((one) => taken.recent(one) ?? taken.mayHold(one))).toBe(false)
})

it("one whose fingerprint is that of another is not taken for it", () => {
  const taken = createTaken()
  const came = many("came", 10_000)
  addAll(taken, came)
  // Of 10,000 and 400,000 about four pairs share a fingerprint.
  const alike = many("other", 400_000).filter(taken.mayHold)
  expect(alike.length).toBeGreaterThan(0)
  expect(alike.filter((one) => taken.recent(one) !== undefined)).toEqual([])
  addAll(taken, alike)
  expect(alike.every((one) => isRecent(taken, one))).toBe(true)
  // Whom they have put out is only in doubt now.
  expect(came.filter((one) => !isRecent(taken, one)).every(taken.mayHold)).toBe(true)
})

it("of large ones it remembers as many as fill no more memory, and doubts the others", () => {
  const taken = createTaken()
  const large = Array.from({ length: 100 }, (_, index) => loggedOf(`large-${index}`, "x".repeat(1024 * 1024)))
  addAll(taken, large)
  expect(large.filter((one) => isRecent(taken, one)).length).toBeLessThanOrEqual(8)
  expect(isRecent(taken, large[99] as LoggedSignal)).toBe(true)
  expect(large.every((one) => isRecent(taken, one) || taken.mayHold(one))).toBe(true)
})
