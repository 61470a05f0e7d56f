import { expect, it } from "vitest"
import { type Entry, toEntry } from "./entry.ts"
import { joinEntries } from "./join-entries.ts"

const entry = (id: string, at: number, key: string, value = id): Entry =>
  toEntry({ id, at, authority: "customer", channel: "web-chat", source: "page" }, key, value, undefined)

it("of each key the newest is kept, and of those the newest `keep`, newest first", () => {
  const joined = joinEntries([entry("b", 3, "x"), entry("a", 1, "y")], [entry("c", 2, "z"), entry("d", 1, "x")], 2)
  expect(joined.map(({ id }) => id)).toEqual(["b", "c"])
})

it("what adds nothing gives the same object back", () => {
  const mine = [entry("b", 3, "x")]
  expect(joinEntries(mine, [entry("a", 1, "x")], 4)).toBe(mine)
  expect(joinEntries(mine, [], 4)).toBe(mine)
})

it("a reused id with other content has one winner, in either order", () => {
  const one = [entry("a", 1, "k", "one")]
  const two = [entry("a", 1, "k", "two")]
  expect(joinEntries(one, two, 1)).toEqual(joinEntries(two, one, 1))
})

// Why there is no union by id before the keys are compared: it would drop an entry for another one that itself is dropped later.
it("a reused id under two keys keeps both, so that grouping cannot change the result", () => {
  const reused = [entry("a", 5, "k1")]
  const sameId = [entry("a", 3, "k2")]
  const newer = [entry("b", 9, "k1")]
  const left = joinEntries(joinEntries(reused, newer, 4), sameId, 4)
  const right = joinEntries(joinEntries(reused, sameId, 4), newer, 4)
  expect(left).toEqual(right)
  expect(left.map(({ id, key }) => [id, key])).toEqual([
    ["b", "k1"],
    ["a", "k2"],
  ])
})
