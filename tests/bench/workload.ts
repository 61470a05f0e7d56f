/** What every contender works on: what a shop's channels say of its customers, the same for every run. */
import { type AnyField, count, defineContext, latest, recent, type Signal, score, set } from "@tellonce/core"
import * as z from "zod/mini"
import { createRandom, type Random } from "./create-random.ts"

export interface Workload {
  readonly kinds: Kinds
  readonly customers: number
  /** How many, re-deliveries included. */
  readonly signals: number
  /** How many authorities state each field; 1 unless told. */
  readonly voices?: Voices
}

/** One: whoever knows a field states it. Three: any authority any field, so that each field has three registers. */
type Voices = 1 | 3

type Kind = "latest" | "recent" | "set" | "score" | "count"
/** The rule of each of the 40 fields. */
export type Kinds = readonly Kind[]

const batchSize = 20
const redelivered = 0.1
const jitter = 30 * 60_000
/** Ten signals a second, over all customers. */
const spacing = 100
const start = 1_760_000_000_000

export const latestKinds: Kinds = Array.from({ length: 40 }, () => "latest")
const others: readonly Kind[] = [
  "recent",
  "set",
  "count",
  "score",
  "recent",
  "set",
  "count",
  "score",
  "recent",
  "set",
  "count",
  "recent",
]
/** Seven of ten are `latest`; of the others there are two to four each. */
export const mixedKinds: Kinds = [...latestKinds.slice(others.length), ...others]
const word = z.union([z.string(), z.number(), z.boolean()])
const fieldOf: Readonly<Record<Kind, AnyField>> = {
  latest: latest(word, { freshFor: "30d" }),
  recent: recent(word, { keep: 20 }),
  set: set(word),
  score: score({ halfLife: "10m" }),
  count: count({ window: "1h" }),
}

export const definitionOf = (kinds: Kinds) =>
  defineContext({
    name: "bench",
    version: 1,
    fields: Object.fromEntries(kinds.map((kind, field) => [`field${field}`, fieldOf[kind]])),
  })

/** In batches of one customer each, as request bodies bring them. */
export function* batchesOf({ kinds, customers, signals, voices = 1 }: Workload): Generator<readonly Signal[]> {
  const random = createRandom(1)
  const open = Array.from({ length: customers }, (): Signal[] => [])
  const sent = Array.from({ length: customers }, (): Signal[] => [])
  for (let index = 0; index < signals; index++) {
    const customer = random.below(customers)
    const said = sent[customer] ?? []
    const signal =
      (random.chance(redelivered) && said[random.below(said.length)]) ||
      signalOf(random, index, customer, { kinds, voices })
    said[index % 200] = signal
    const batch = open[customer] ?? []
    if (batch.push(signal) < batchSize) continue
    yield batch
    open[customer] = []
  }
  yield* open.filter((batch) => batch.length > 0)
}

const signalOf = (
  random: Random,
  index: number,
  customer: number,
  { kinds, voices }: { readonly kinds: Kinds; readonly voices: Voices },
): Signal => {
  const at = start + index * spacing + random.below(2 * jitter) - jitter
  const field = random.below(kinds.length)
  return {
    id: random.uuid(at),
    at,
    identity: { kind: "user", value: `customer-${customer}` },
    ...voiceOf(random, field, voices),
    facts: { [`field${field}`]: factOf(random, kinds[field], field) },
  }
}

const speakers = [
  { authority: "customer", channel: "web-chat", source: "shop-page" },
  { authority: "agent", channel: "phone", source: "helpdesk" },
  { authority: "record", channel: "api", source: "orders-db" },
] as const

const voiceOf = (random: Random, field: number, voices: Voices) =>
  voices === 3
    ? random.pick<(typeof speakers)[number]>(speakers)
    : (speakers[field % 8 === 3 ? 1 : field % 8 === 5 ? 2 : 0] ?? speakers[0])

const factOf = (random: Random, kind: Kind = "latest", field: number): unknown => {
  if (kind === "count") return 1
  if (kind === "score") return 1 + random.below(5)
  if (kind === "set") return [`tag-${random.below(50)}`]
  return ([`value-${random.below(1_000)}`, random.below(100_000), random.chance(0.5)] as const)[field % 3]
}
