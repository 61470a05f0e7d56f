import { expect, it } from "vitest"
import { minute, said, seenAt } from "./histories.suite.ts"
import { corrections, toldConflicts } from "./told-ledger.ts"

const told = (at: number, channel: string, status: string) =>
  said(at, { authority: "bot", channel, event: { name: "told", facts: { orderStatus: status } } })
const truth = (at: number, status: string) =>
  said(at, { authority: "record", source: "orders", facts: { orderStatus: status } })

it("what web chat said and the order system contradicts is due for correction", () => {
  const seen = seenAt(2 * minute, [told(0, "web-chat", "delivered"), truth(minute, "in transit")])
  expect(corrections(seen)).toMatchObject([
    {
      field: "orderStatus",
      told: { value: "delivered", channel: "web-chat" },
      now: { value: "in transit", authority: "record" },
    },
  ])
})

it("told rightly since, in any channel, nothing is due; nor where nobody knows better", () => {
  const put = [told(0, "web-chat", "delivered"), truth(minute, "in transit"), told(2 * minute, "email", "in transit")]
  expect(corrections(seenAt(3 * minute, put))).toEqual([])
  expect(corrections(seenAt(minute, [told(0, "web-chat", "delivered")]))).toEqual([])
})

it("two channels that last told different things are a conflict; one that has changed its own word is not", () => {
  const seen = seenAt(3 * minute, [
    told(0, "web-chat", "delayed"),
    told(1, "web-chat", "delivered"),
    told(minute, "email", "delayed"),
  ])
  expect(toldConflicts(seen)).toMatchObject([
    {
      field: "orderStatus",
      told: [
        { channel: "email", value: "delayed" },
        { channel: "web-chat", value: "delivered" },
      ],
    },
  ])
  expect(toldConflicts(seenAt(2, [told(0, "web-chat", "delayed"), told(1, "web-chat", "delivered")]))).toEqual([])
})
