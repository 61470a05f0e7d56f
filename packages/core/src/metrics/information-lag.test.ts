import { expect, it } from "vitest"
import { toHistory } from "./history.ts"
import { informationLag } from "./information-lag.ts"
import { type Line, logOf, shop, writes } from "./log.fixture.ts"

const lagOf = (lines: readonly Line[]) => informationLag(toHistory(logOf(lines), shop).signals)

it("percentiles are nearest ranks, per source and channel and overall", () => {
  const chat = Array.from({ length: 20 }, (_, index) => writes(index, undefined, { lag: (index + 1) * 10 })) // 10, 20, … 200 ms
  const mail = [writes(0, undefined, { source: "imap", channel: "email", lag: 5_000 })]
  expect(lagOf([...chat, ...mail])).toEqual({
    // 21 values: ranks ⌈10.5⌉ = 11, ⌈19.95⌉ = 20, ⌈20.79⌉ = 21
    signals: 21,
    p50: 110,
    p95: 200,
    p99: 5_000,
    routes: [
      { source: "imap", channel: "email", signals: 1, p50: 5_000, p95: 5_000, p99: 5_000 },
      // 20 values: ranks 10, 19 and ⌈19.8⌉ = 20
      { source: "page", channel: "web-chat", signals: 20, p50: 100, p95: 190, p99: 200 },
    ],
  })
})

it("nothing heard has no lag, and nothing is known before it happens", () => {
  expect(lagOf([])).toEqual({ signals: 0, p50: undefined, p95: undefined, p99: undefined, routes: [] })
  expect(lagOf([writes(10, undefined, { lag: -5 })])).toMatchObject({ signals: 1, p50: 0 })
})

it("a link is logged for both its ends and was heard once", () => {
  const [ada, bee] = [
    { kind: "user", value: "ada" },
    { kind: "user", value: "bee" },
  ]
  const link = { id: "l", at: 0, lag: 7 }
  const ends: readonly Line[] = [
    { ...link, identity: ada, event: { name: "linked", to: bee, proof: "verified" } },
    { ...link, identity: bee, event: { name: "linked", to: ada, proof: "verified" } },
  ]
  expect(lagOf(ends)).toMatchObject({ signals: 1, p50: 7 })
})
