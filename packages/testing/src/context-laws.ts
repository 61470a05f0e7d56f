import {
  applySignals,
  type Context,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  encodeContext,
  joinContexts,
  type Signal,
} from "@tellonce/core"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitrarySignals, type FactArbitraries } from "./arbitrary-signals.ts"

export interface ContextLaws {
  readonly name: string
  readonly definition: ContextDefinition
  /** What may be said of each field. */
  readonly facts: FactArbitraries
  /** Cases per law; 300 unless told. */
  readonly runs?: number
}

/** The laws of a definition and all of its rules, as tests. A rule that breaks one would let two replicas tell two stories. */
export const contextLaws = ({ name, definition, facts, runs = 300 }: ContextLaws): void => {
  const history = arbitrarySignals(facts)
  const of = (signals: readonly Signal[]): Context => applySignals(emptyContext(definition), signals)
  const bytes = encodeContext
  const three = (law: (a: readonly Signal[], b: readonly Signal[], c: readonly Signal[]) => void) =>
    fc.assert(
      // In braces: an assertion's own return value must not be taken for a verdict.
      fc.property(history, history, history, (a, b, c) => {
        law(a, b, c)
      }),
      { numRuns: runs },
    )

  describe(`laws of ${name}`, () => {
    it("joining commutes", () => {
      three((a, b) => expect(bytes(joinContexts(of(a), of(b)))).toBe(bytes(joinContexts(of(b), of(a)))))
    })

    it("joining associates", () => {
      three((a, b, c) => {
        const [x, y, z] = [of(a), of(b), of(c)]
        expect(bytes(joinContexts(joinContexts(x, y), z))).toBe(bytes(joinContexts(x, joinContexts(y, z))))
      })
    })

    it("a context absorbs itself and whatever it has absorbed, and stays the same object", () => {
      three((a, b) => {
        const both = joinContexts(of(a), of(b))
        expect(joinContexts(both, of(b))).toBe(both)
        expect(joinContexts(both, both)).toBe(both)
        expect(applySignals(both, a)).toBe(both)
      })
    })

    it("any order, batching and duplication of the same signals gives the same canonical bytes", () => {
      fc.assert(
        fc.property(deliveries(history), ([signals, batches]) => {
          const delivered = batches.reduce((context, batch) => applySignals(context, batch), emptyContext(definition))
          expect(bytes(delivered)).toBe(bytes(of(signals)))
        }),
        { numRuns: runs },
      )
    })

    it("replicas that each saw a part agree with one that saw all", () => {
      three((a, b, c) => {
        expect(bytes([of(a), of(b), of(c)].reduce(joinContexts))).toBe(bytes(of([...c, ...a, ...b])))
      })
    })

    it("decoding what was encoded gives the same context", () => {
      three((a) => expect(bytes(decodeContext(definition, bytes(of(a))))).toBe(bytes(of(a))))
    })

    it("memory is bounded: no field keeps more entries than its rule says", () => {
      three((a) => {
        of(a).entries.forEach((entries, place) => {
          expect(entries.length).toBeLessThanOrEqual(definition.places[place]?.keep ?? 0)
        })
      })
    })
  })
}

/** The same signals, shuffled, some of them twice, cut into batches. */
const deliveries = (history: fc.Arbitrary<readonly Signal[]>) =>
  history.chain((signals) =>
    fc.tuple(
      fc.constant(signals),
      fc
        .tuple(
          fc.shuffledSubarray([...signals], { minLength: signals.length }),
          fc.shuffledSubarray([...signals]),
          fc.integer({ min: 1, max: 5 }),
        )
        .map(([all, again, size]) => inBatches([...all, ...again], size)),
    ),
  )

const inBatches = (signals: readonly Signal[], size: number): readonly (readonly Signal[])[] =>
  Array.from({ length: Math.ceil(signals.length / size) }, (_, index) =>
    signals.slice(index * size, (index + 1) * size),
  )
