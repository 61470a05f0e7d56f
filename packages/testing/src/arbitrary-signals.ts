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

const arbitrarySignal = (facts: FactArbitraries): fc.Arbitrary<Signal> =>
  fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    at: fc.integer({ min: 0, max: 6 }),
    identity: fc.constantFrom({ kind: "user", value: "1" }, { kind: "email", value: "ada@example.com" }),
    authority: fc.constantFrom(...authorities),
    channel: fc.constantFrom("web-chat", "email"),
    source: fc.constantFrom("page", "smtp"),
    speaker: fc.constantFrom(undefined, "agent-1"),
    matter: fc.constantFrom(undefined, undefined, "return-1", "booking-2"),
    facts: fc.record(facts, { requiredKeys: [] }),
    cleared: fc.subarray(Object.keys(facts), { maxLength: 1 }),
    event: fc.constantFrom(
      undefined,
      { name: "message", text: "hello" } as const,
      { name: "message", text: "again" } as const,
      { name: "asked", fields: ["orderNumber"] } as const,
      { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" } as const,
      { name: "unlinked", to: { kind: "email", value: "ada@example.com" } } as const,
    ),
  })
