import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "../apply-signals.ts"
import { emptyContext } from "../context.ts"
import { defineContext } from "../define-context.ts"
import { parseSignal } from "../parse-signal.ts"
import { recent } from "../rules/recent.ts"
import { score } from "../rules/score.ts"
import type { Signal, SignalEvent } from "../signal.ts"
import { cancelIntent } from "./cancel-intent.ts"
import { checkoutStruggle } from "./checkout-struggle.ts"
import { competitorInterest } from "./competitor-interest.ts"
import { defineTells } from "./define-tells.ts"
import { rageClicks } from "./rage-clicks.ts"
import { recontact } from "./recontact.ts"
import { repeatedErrors } from "./repeated-errors.ts"
import { runTells } from "./run-tells.ts"
import { happens } from "./story.fixture.ts"
import { defineTell } from "./tell.ts"

const shop = defineContext({
  name: "shop",
  version: 1,
  fields: { frustration: score({ halfLife: "10m" }), signs: recent(z.string(), { keep: 20 }) },
})

// Thresholds of a few milliseconds, so that short histories cross them often.
const tells = defineTells(shop, [
  rageClicks({ fact: { frustration: 1 }, within: 4 }),
  repeatedErrors({ fact: { frustration: 1, signs: "errors" }, errors: 2, within: 4 }),
  repeatedErrors({ name: "any-errors", fact: { frustration: 1 }, errors: 1, within: 3, code: "any" }),
  checkoutStruggle({ fact: { frustration: 2 }, returns: 2, errors: 2, within: 5 }),
  cancelIntent({ fact: { signs: "cancel" }, within: 6 }),
  competitorInterest({ fact: ({ found }) => ({ signs: found }), names: ["Acme", "O2"], within: 6 }),
  recontact({ fact: { frustration: 3 }, within: 5 }),
])

const events: readonly SignalEvent[] = [
  { name: "click", data: { target: "pay" } },
  { name: "click", data: { target: "pay" } },
  { name: "click", data: { target: "back" } },
  { name: "error", data: { code: "card" } },
  { name: "error" },
  { name: "checkout.step", data: { step: "address" } },
  { name: "checkout.step", data: { step: "payment" } },
  { name: "checkout.error" },
  { name: "checkout.done" },
  { name: "message", text: "cancel my order, Acme is better" },
  { name: "message", text: "hello O2" },
  { name: "page", data: { path: "/cancel", title: "acme" } },
  { name: "told", facts: { orderStatus: "sent" } },
]

/** One writer, so that an id names one thing; few times and few kinds of events in each history, so that ties and crossings are the rule. */
const history: fc.Arbitrary<readonly Signal[]> = fc
  .subarray([...events], { minLength: 1, maxLength: 4 })
  .chain((kinds) =>
    fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 30 }),
        authority: fc.constantFrom<Signal["authority"]>("customer", "customer", "agent"),
        matter: fc.constantFrom(undefined, "return"),
        event: fc.constantFrom(...kinds),
      }),
      { maxLength: 40, size: "max" },
    ),
  )
  .map((things) =>
    things.map((thing, index) => ({
      ...thing,
      id: `s${(index * 37) % 61}`,
      identity: { kind: "user", value: "ada" },
      channel: "web",
      source: "page",
    })),
  )

describe("laws of the tells", () => {
  it("any order, any duplication, and what was inferred before among them give the same signals", () => {
    const disordered = history.chain((signals) =>
      fc
        .tuple(fc.subarray([...signals]), fc.subarray([...runTells(tells, signals)]))
        .map(([again, inferred]) => [...signals, ...again, ...inferred])
        .chain((all) => fc.tuple(fc.constant(signals), fc.shuffledSubarray(all, { minLength: all.length }))),
    )
    fc.assert(
      fc.property(disordered, ([signals, heard]) => {
        expect(runTells(tells, heard)).toEqual(runTells(tells, signals))
      }),
      { numRuns: 500 },
    )
  })

  it("over any part of the log that begins its lookback before, a tell says the same", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 30 }), (signals, to) => {
        for (const tell of tells) {
          const whole = runTells([tell], signals)
          for (let from = 0; from + tell.lookback <= to; from++) {
            const part = runTells(
              [tell],
              signals.filter(({ at }) => at >= from && at <= to),
            )
            const known = ({ at }: Signal) => at >= from + tell.lookback && at <= to
            expect(part.filter(known)).toEqual(whole.filter(known))
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it("what is inferred is admitted by the definition, has an id of its own, and applied twice changes nothing", () => {
    fc.assert(
      fc.property(history, (signals) => {
        const inferred = runTells(tells, signals)
        for (const signal of inferred) expect(parseSignal(shop, signal)).toMatchObject({ ok: true })
        expect(new Set(inferred.map(({ id }) => id)).size).toBe(inferred.length)
        const once = applySignals(emptyContext(shop), inferred)
        expect(applySignals(once, runTells(tells, [...signals].reverse()))).toBe(once)
      }),
      { numRuns: 300 },
    )
  })

  it("the histories of these laws make every tell show", () => {
    const shown = new Set(
      fc
        .sample(history, { numRuns: 200, seed: 1 })
        .flatMap((signals) => tells.filter((tell) => runTells([tell], signals).length > 0).map(({ name }) => name)),
    )
    expect(shown.size).toBe(tells.length)
  })
})

it("what was inferred is no ground to infer more, whatever a tell looks for", () => {
  const echo = defineTell({
    name: "echo",
    fact: { heard: true },
    lookback: 0,
    find: (signals) => signals.map((signal) => ({ signal, found: [] })),
  })
  const click = happens("c", 0, { name: "click" })
  const once = runTells([echo], [click])
  expect(once.map(({ id }) => id)).toEqual(["tell-echo-c"])
  expect(runTells([echo], [click, ...once])).toEqual(once)
})

it("two tells of one name could not be told apart", () => {
  const twice = [rageClicks({ fact: { frustration: 1 } }), rageClicks({ fact: { frustration: 2 }, clicks: 9 })]
  expect(() => runTells(twice, [])).toThrow(expect.objectContaining({ code: "tell/name" }))
})
