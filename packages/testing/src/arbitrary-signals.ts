import { authorities, type Signal } from "@tellonce/core"
import * as fc from "fast-check"

/** Facts by field name, each with what may be said of it. */
export type FactArbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>

/**
 * Histories as they are at their worst: few ids and few times, so that ties and reused ids are the rule; clears, and matters that
 * come and go. `facts` gives the values of the user's fields.
 */
export const arbitrarySignals = (facts: FactArbitraries, { maxLength = 24 } = {}): fc.Arbitrary<readonly Signal[]> =>
  fc.array(arbitrarySignal(facts), { maxLength })

const identities = [
  { kind: "user", value: "1" },
  { kind: "email", value: "ada@example.com" },
  { kind: "anonymous", value: "v1" },
] as const

const events: readonly Signal["event"][] = [
  { name: "message", text: "hello" },
  { name: "message", text: "again" },
  { name: "asked", fields: ["orderNumber"] },
  { name: "told", facts: { orderStatus: "delivered" } },
  { name: "told", facts: { orderStatus: "delayed" } },
  { name: "offered", facts: { time: "19:00" } },
  { name: "promised", what: "a call" },
  { name: "tried", what: "a reset", outcome: "failed" },
  { name: "linked", to: identities[0], proof: "verified" },
  { name: "linked", to: identities[1], proof: "verified" },
  { name: "linked", to: identities[1], proof: "claimed" },
  { name: "unlinked", to: identities[0] },
  { name: "unlinked", to: identities[1] },
  { name: "held", hold: "h1", action: "promotion", reason: "a complaint", owner: "desk" },
  { name: "held", hold: "h1", action: "promotion", reason: "a return", owner: "desk", until: 5 },
  { name: "released", hold: "h1" },
  { name: "handed", handoff: "o1", to: "desk", reason: "asked for a person" },
  { name: "taken", handoff: "o1" },
  { name: "declined", handoff: "o1" },
]

const ofMatter: readonly Signal["event"][] = [
  { name: "opened", kind: "return" },
  { name: "opened", kind: "booking" },
  { name: "closed", outcome: "solved" },
]

const arbitrarySignal = (facts: FactArbitraries): fc.Arbitrary<Signal> =>
  fc.constantFrom(undefined, undefined, "return-1", "booking-2").chain((matter) =>
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
      at: fc.integer({ min: 0, max: 6 }),
      identity: fc.constantFrom(...identities),
      authority: fc.constantFrom(...authorities),
      channel: fc.constantFrom("web-chat", "email"),
      source: fc.constantFrom("page", "smtp"),
      speaker: fc.constantFrom(undefined, "agent-1"),
      matter: fc.constant(matter),
      facts: fc.record(facts, { requiredKeys: [] }),
      cleared: fc.subarray(Object.keys(facts), { maxLength: 1 }),
      event: fc.oneof(fc.constant(undefined), fc.constantFrom(...events, ...(matter === undefined ? [] : ofMatter))),
    }),
  )
