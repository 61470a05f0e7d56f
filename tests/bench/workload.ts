/** The work every contender does: what a busy shop's channels say of its customers, the same for every run. */
import { count, defineContext, latest, recent, type Signal, score, set } from "@tellonce/core"
import * as z from "zod/mini"

export interface Workload {
  readonly name: string
  readonly definition: typeof latestOnly
  readonly customers: number
  /** Signals in all, re-deliveries included. */
  readonly signals: number
  readonly kinds: readonly Kind[]
}

export type Kind = "latest" | "recent" | "set" | "score" | "count"

const fieldCount = 40
const batchSize = 20
const jitter = 30 * 60_000
/** Ten signals a second, over all customers. */
const spacing = 100
const start = 1_760_000_000_000

const fields = Array.from({ length: fieldCount }, (_, index) => `field${index}`)
const text = z.union([z.string(), z.number(), z.boolean()])
const fieldOf: Readonly<Record<Kind, () => ReturnType<typeof latest<typeof text>>>> = {
  latest: () => latest(text, { freshFor: "30d" }),
  recent: () => recent(text, { keep: 20 }) as never,
  set: () => set(text) as never,
  score: () => score({ halfLife: "10m" }) as never,
  count: () => count({ window: "1h" }) as never,
}
const defined = (kinds: readonly Kind[]) =>
  defineContext({
    name: "bench",
    version: 1,
    fields: Object.fromEntries(fields.map((field, index) => [field, fieldOf[kinds[index] ?? "latest"]()])),
  })

export const allLatest: readonly Kind[] = fields.map(() => "latest")
/** Seven fields of ten are `latest`; the others hold what grows: lists, sets, points, counts. */
export const mixedKinds: readonly Kind[] = fields.map(
  (_, index) => (["recent", "set", "score", "count", "recent", "set", "count"] as const)[index % 10] ?? "latest",
)
export const latestOnly = defined(allLatest)
export const mixed = defined(mixedKinds)

/** Signals in batches of one customer each, as request bodies bring them. */
export function* batches({ customers, signals, kinds }: Workload): Generator<readonly Signal[]> {
  const random = createRandom(20)
  const open = Array.from({ length: customers }, (): Signal[] => [])
  const sent = Array.from({ length: customers }, (): Signal[] => [])
  for (let index = 0; index < signals; index++) {
    const customer = Math.floor(random() * customers)
    const batch = open[customer] ?? []
    const before = sent[customer] ?? []
    const isAgain = before.length > 0 && random() < 0.1
    const signal = isAgain ? before[Math.floor(random() * before.length)] : signalOf(random, index, customer, kinds)
    if (signal === undefined) continue
    batch.push(signal)
    before[index % 200] = signal
    if (batch.length === batchSize) {
      yield batch
      open[customer] = []
    }
  }
}
