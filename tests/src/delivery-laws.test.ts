import { createHash } from "node:crypto"
import {
  applySignals,
  type Context,
  canonical,
  consent,
  count,
  decodeContext,
  defineContext,
  emptyContext,
  encodeContext,
  identityKey,
  joinContexts,
  latest,
  linkEnds,
  recent,
  type Signal,
  score,
  set,
  view,
} from "@tellonce/core"
import { arbitrarySignals } from "@tellonce/testing"
import * as fc from "fast-check"
import { expect, it } from "vitest"
import * as z from "zod"

const rules = {
  city: latest(z.string(), { scope: "matter" }),
  viewed: recent(z.string(), { keep: 3 }),
  tags: set(z.string(), { keep: 4 }),
  frustration: score({ halfLife: "10m", keep: 4 }),
  errors: count({ window: "1h", keep: 4 }),
  consent: consent(),
}
const shop = defineContext({
  name: "shop",
  version: 2,
  fields: rules,
  upgrades: { 1: (field, value) => ({ field: field === "town" ? "city" : field, value }) },
})
const { city, ...others } = rules
const oldShop = defineContext({ name: "shop", version: 1, fields: { town: city, ...others } })

const word = fc.constantFrom("x", "y", "z")
const history = arbitrarySignals({
  city: word,
  viewed: fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })),
  tags: fc.oneof(fc.array(word, { minLength: 1 }), fc.record({ add: fc.array(word), remove: fc.array(word) })),
  frustration: fc.integer({ min: 1, max: 3 }),
  errors: fc.integer({ min: 1, max: 3 }),
  consent: fc.dictionary(fc.constantFrom("marketing", "analytics"), fc.constantFrom("granted", "denied"), {
    minKeys: 1,
  }),
})

/** As a node of the service keeps it: a context per identity. */
type Replica = ReadonlyMap<string, Context>

const deliver = (replica: Replica, signals: readonly Signal[], definition = shop as Context["definition"]): Replica => {
  const next = new Map(replica)
  for (const signal of signals.flatMap(linkEnds)) {
    const key = identityKey(signal.identity)
    next.set(key, applySignals(next.get(key) ?? emptyContext(definition), [signal]))
  }
  return next
}

const merge = (mine: Replica, theirs: Replica): Replica => {
  const next = new Map(mine)
  for (const [key, context] of theirs)
    next.set(key, joinContexts(next.get(key) ?? emptyContext(context.definition), context))
  return next
}

/** One hash of all a reader could see: every identity's context, and every customer joined over their verified links. */
const hash = (replica: Replica): string => {
  const customers = [...replica.keys()].sort().map((start) => {
    const seen = new Set<string>()
    let joined: Context = emptyContext(shop)
    for (let next = [start]; next.length > 0; ) {
      for (const key of next) seen.add(key)
      const contexts = next.flatMap((key) => replica.get(key) ?? [])
      joined = contexts.reduce(joinContexts, joined)
      const links = contexts.flatMap((context) => view(context, { now: 0 }).$.links)
      next = links.flatMap((link) =>
        link.proof === "verified" && !seen.has(identityKey(link)) ? [identityKey(link)] : [],
      )
    }
    return [start, [...seen].sort(), encodeContext(joined), view(joined, { now: 8 })]
  })
  const kept = [...replica].map(([key, context]) => [key, encodeContext(context)]).sort()
  return createHash("sha256")
    .update(canonical([kept, customers]))
    .digest("hex")
}

const nothing: Replica = new Map()

/** How the same signals may reach a reader. `order` is a random order of their places, `cut` a random place. */
const plans: Readonly<Record<string, (signals: readonly Signal[], order: readonly number[], cut: number) => Replica>> =
  {
    shuffled: (signals, order) => deliver(nothing, pick(signals, order)),
    duplicated: (signals, order) => deliver(nothing, [...signals, ...pick(signals, order), ...signals.slice(0, 3)]),
    "split over two nodes": (signals, order, cut) => {
      const shuffled = pick(signals, order)
      return merge(deliver(nothing, shuffled.slice(cut)), deliver(nothing, shuffled.slice(0, cut + 2)))
    },
    "interleaved, the nodes exchanging as they go": (signals, order, cut) => {
      let [one, two] = [nothing, nothing]
      for (const [index, signal] of pick(signals, order).entries()) {
        if (index % 2 === 0) one = deliver(one, [signal])
        else two = deliver(two, [signal])
        if (index % 3 === cut % 3) one = merge(one, two)
        if (index % 4 === cut % 4) two = merge(two, one)
      }
      return merge(two, one)
    },
    "late, a part through an older version": (signals, order, cut) => {
      const shuffled = pick(signals, order)
      const late = deliver(nothing, shuffled.slice(0, cut).map(asOld), oldShop)
      const read = new Map([...late].map(([key, context]) => [key, decodeContext(shop, encodeContext(context))]))
      return merge(deliver(nothing, shuffled.slice(cut)), read)
    },
  }

const pick = (signals: readonly Signal[], order: readonly number[]) => order.flatMap((place) => signals[place] ?? [])

const asOld = (signal: Signal): Signal => ({
  ...signal,
  facts: signal.facts && rename(signal.facts),
  cleared: signal.cleared?.map((name) => (name === "city" ? "town" : name)),
})

const rename = ({ city, ...facts }: Readonly<Record<string, unknown>>) =>
  city === undefined ? facts : { ...facts, town: city }

const delivered = history.chain((signals) =>
  fc.record({
    signals: fc.constant(signals),
    order: fc.shuffledSubarray(
      signals.map((_, place) => place),
      { minLength: signals.length },
    ),
    cut: fc.nat({ max: signals.length }),
  }),
)

it.each(Object.entries(plans))(
  "delivered %s, any history reads the same: one hash",
  (_name, plan) => {
    fc.assert(
      fc.property(delivered, ({ signals, order, cut }) => {
        expect(hash(plan(signals, order, cut))).toBe(hash(deliver(nothing, signals)))
      }),
      { numRuns: 2_000 },
    )
  },
  120_000,
)

it("parting two identities reads as if they had never been joined", () => {
  const ada = { kind: "email", value: "ada@example.com" } as const
  const link = { name: "linked", to: ada, proof: "verified" } as const
  const joined = (signals: readonly Signal[]) => signals.map((signal) => ({ ...signal, event: undefined }))
  fc.assert(
    fc.property(history, (signals) => {
      const base = {
        id: "link",
        identity: { kind: "user", value: "1" },
        authority: "record",
        channel: "desk",
        source: "desk",
      } as const
      const apart = deliver(nothing, joined(signals))
      const parted = deliver(apart, [
        { ...base, at: 1, event: link },
        { ...base, id: "unlink", at: 2, event: { name: "unlinked", to: ada } },
      ])
      const seen = (replica: Replica) =>
        [...apart.keys()].sort().map((key) => {
          const context = replica.get(key) ?? emptyContext(shop)
          return view(context, { now: 8 })
        })
      expect(canonical(seen(parted))).toBe(canonical(seen(apart)))
    }),
    { numRuns: 300 },
  )
})
