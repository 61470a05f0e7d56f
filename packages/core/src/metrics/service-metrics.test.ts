import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { identityKey } from "../identity.ts"
import type { LoggedSignal } from "../ports.ts"
import type { SignalEvent } from "../signal.ts"
import { authorities } from "../stamp.ts"
import { answers, asks, type Line, logOf, shop, writes } from "./log.fixture.ts"
import { serviceMetrics } from "./service-metrics.ts"

const ada = { kind: "user", value: "ada" }
const mail = { kind: "email", value: "ada@example.com" }
const bee = { kind: "user", value: "bee" }

const events: readonly (SignalEvent | undefined)[] = [
  undefined,
  { name: "message", text: "hello" },
  { name: "message", text: "again" },
  { name: "asked", fields: ["orderNumber", "fullName", "__proto__"] },
  { name: "told", facts: { orderStatus: "sent" } },
  { name: "told", facts: { orderStatus: "lost", loyaltyTier: "gold" } },
  { name: "linked", to: mail, proof: "verified" },
  { name: "linked", to: ada, proof: "verified" },
  { name: "linked", to: bee, proof: "claimed" },
  { name: "unlinked", to: mail },
  { name: "opened" },
  { name: "closed" },
  { name: "held", hold: "h", action: "promote", reason: "complaint", owner: "care" },
  { name: "handed", handoff: "h", to: "desk", reason: "angry", fields: ["orderNumber"] },
  { name: "taken", handoff: "h" },
  { name: "declined", handoff: "h" },
  { name: "click", data: { target: "pay" } },
]

/** Few ids, times, matters and speakers, so that ties, reused ids and all metrics' cases are the rule. */
const entry: fc.Arbitrary<LoggedSignal> = fc
  .record({
    seq: fc.integer({ min: 1, max: 9 }),
    received: fc.integer({ min: 0, max: 12 }),
    signal: fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
      at: fc.integer({ min: 0, max: 9 }),
      identity: fc.constantFrom(ada, mail, bee),
      authority: fc.constantFrom(...authorities),
      channel: fc.constantFrom("web-chat", "email", "__proto__"),
      source: fc.constantFrom("page", "imap"),
      speaker: fc.constantFrom(undefined, "bo", "constructor"),
      matter: fc.constantFrom(undefined, "return", "booking"),
      facts: fc.constantFrom({}, { orderNumber: "A-1" }, { orderStatus: "sent", fullName: "Ada" }),
      cleared: fc.constantFrom([], ["orderStatus"]),
      event: fc.constantFrom(...events),
    }),
  })
  .map((logged) => ({ ...logged, key: identityKey(logged.signal.identity) }))

const log = fc.array(entry, { maxLength: 60, size: "max" })
const options = { windowLength: 2, contactGap: 1 }
const measure = (entries: readonly LoggedSignal[]) => JSON.stringify(serviceMetrics(entries, shop, options))

describe("laws of the metrics", () => {
  it("any order of the log and any duplication of its entries give the same metrics, and none throws", () => {
    const shuffled = log.chain((entries) =>
      fc
        .tuple(fc.shuffledSubarray([...entries], { minLength: entries.length }), fc.subarray([...entries]))
        .chain(([all, some]) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray([...all, ...some], { minLength: all.length + some.length }),
          ),
        ),
    )
    fc.assert(
      fc.property(shuffled, ([entries, disordered]) => {
        expect(measure(disordered)).toBe(measure(entries))
      }),
      { numRuns: 500 },
    )
  })

  it("a rate is its count over its cases, or undefined over none; and silence is never more than all", () => {
    fc.assert(
      fc.property(log, (entries) => {
        const { overall, channels, agents, owners } = serviceMetrics(entries, shop, options)
        for (const part of [overall, ...channels, ...agents, ...owners]) {
          const { repeatedQuestions, recontacts, conflictingInformation, hitches, silence } = part
          for (const { count, of, rate } of [repeatedQuestions, recontacts, conflictingInformation, hitches, silence]) {
            expect(rate).toBe(of === 0 ? undefined : count / of)
          }
          for (const { count, of } of [repeatedQuestions, recontacts, hitches, silence]) {
            expect(count).toBeLessThanOrEqual(of)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it("the logs of these laws make every metric count", () => {
    const counted = new Set(
      fc.sample(log, { numRuns: 300, seed: 1 }).flatMap((entries) => {
        const { informationLag, reinforcingLoop, ...rates } = serviceMetrics(entries, shop, options).overall
        const names = Object.entries(rates).flatMap(([name, { count }]) => (count > 0 ? [name] : []))
        return reinforcingLoop.loops > 0 ? [...names, "reinforcingLoop"] : names
      }),
    )
    expect([...counted].sort()).toEqual([
      "conflictingInformation",
      "hitches",
      "recontacts",
      "reinforcingLoop",
      "repeatedQuestions",
      "silence",
    ])
  })

  it("every ask and handoff belongs to one channel: their parts sum to the whole", () => {
    fc.assert(
      fc.property(log, (entries) => {
        const { overall, channels } = serviceMetrics(entries, shop, options)
        for (const metric of ["repeatedQuestions", "hitches"] as const) {
          expect(channels.reduce((sum, channel) => sum + channel[metric].of, 0)).toBe(overall[metric].of)
          expect(channels.reduce((sum, channel) => sum + channel[metric].count, 0)).toBe(overall[metric].count)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("parts", () => {
  it("each channel, agent and owner has the rates of its own cases, by name", () => {
    const lines: readonly Line[] = [
      { at: 0, facts: { fullName: "Ada" } },
      asks(1, ["fullName"], { channel: "phone", authority: "agent", speaker: "bo" }),
      asks(2, ["mood"], { channel: "email", authority: "agent", speaker: "cy" }),
      writes(3, "a"),
      answers(4, "a"),
      writes(5, "a"),
    ]
    const { channels, agents, owners } = serviceMetrics(logOf(lines), shop)
    expect(
      channels.map(({ channel, repeatedQuestions, recontacts }) => [channel, repeatedQuestions.rate, recontacts.rate]),
    ).toEqual([
      ["email", 0, undefined],
      ["phone", 1, undefined],
      ["web-chat", undefined, 1],
    ])
    expect(
      agents.map(({ agent, repeatedQuestions, recontacts }) => [agent, repeatedQuestions.rate, recontacts.rate]),
    ).toEqual([
      ["bo", 1, 1],
      ["cy", 0, undefined],
    ])
    expect(owners).toEqual([])
  })

  it("of a reused id the statement kept first counts, wherever it stands in the log", () => {
    const [first, second] = logOf([writes(5, "a", { id: "x" }), writes(1, "b", { id: "x" })])
    if (!first || !second) throw new Error("a log of two")
    const early = { ...first, received: 10 }
    const late = { ...second, received: 11 }
    expect(serviceMetrics([late, early], shop).overall.informationLag).toMatchObject({ signals: 1, p50: 5 })
  })
})
