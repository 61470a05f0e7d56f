import type { BriefedFact } from "@tellonce/core"
import { expect, it } from "vitest"
import { newsWithin, noticeChanges } from "./notice-changes.ts"

const fact = (field: string, value: unknown, state: BriefedFact["state"] = "fresh"): BriefedFact => ({
  field,
  value,
  state,
  at: 0,
  age: 0,
  authority: "customer",
  channel: "web-chat",
  source: "shop",
})

it("what is there at the first look is not news", () => {
  const first = noticeChanges(undefined, [fact("intent", "return")], 1_000)
  expect(newsWithin(first, 1_000, 4_000)).toEqual(new Set())
})

it("a fact that comes, changes or is contradicted is news for a while; one that is said again is not", () => {
  const first = noticeChanges(
    undefined,
    ["a", "b", "c"].map((name) => fact(name, 1)),
    1_000,
  )
  const next = noticeChanges(first, [fact("a", 1), fact("b", 2), fact("c", 1, "conflicting"), fact("d", 1)], 2_000)
  expect(newsWithin(next, 6_000, 4_000)).toEqual(new Set(["b", "c", "d"]))
  expect(newsWithin(next, 6_001, 4_000)).toEqual(new Set())
})

it("what is forgotten and said again is news again", () => {
  const first = noticeChanges(undefined, [fact("a", 1)], 1_000)
  const without = noticeChanges(first, [], 2_000)
  expect(newsWithin(noticeChanges(without, [fact("a", 1)], 3_000), 3_000, 0)).toEqual(new Set(["a"]))
})
