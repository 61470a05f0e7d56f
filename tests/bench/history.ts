/** What a context weighs and what reading it costs as its history grows. */
import { applySignals, type Context, type ContextDefinition, emptyContext, encodeContext, view } from "@tellonce/core"
import { type FloorState, floor } from "./contenders.ts"
import { timeOf } from "./measure.ts"
import { batchesOf, definitionOf, type Kinds } from "./workload.ts"

export interface Grown {
  readonly signals: number
  readonly bytes: number
  readonly micros: number
  readonly viewVsFloor: number
}

export const historyOf = (title: string, kinds: Kinds, say: (line: string) => unknown): readonly Grown[] => {
  const definition = definitionOf(kinds)
  const names = Object.keys(definition.fields)
  const histories = [100, 1_000, 10_000, 100_000, 1_000_000].map((signals) => {
    const batches = [...batchesOf({ kinds, customers: 1, signals })]
    const [fields = new Map()] = floor(batches).values()
    return { signals, context: contextOf(definition, batches), fields }
  })
  const reads = histories.flatMap(({ context, fields }) => [
    timeOfRead(names, (now) => view(context, { now })),
    timeOfRead(names, (now) => viewFloor(fields, now)),
  ])
  // In turn, so that a slow second of the machine meets all alike; the best of many short runs each.
  const times = reads.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < 20; round++) {
    for (const [index, read] of reads.entries()) times[index] = Math.min(times[index] ?? 0, read())
  }
  say(`\n${title}, one customer, as history grows: bytes of the encoded context, µs to view 40 fields, × the floor's`)
  return histories.map(({ signals, context }, index) => {
    const [micros = Number.NaN, floorMicros = Number.NaN] = times.slice(2 * index)
    const grown = { signals, bytes: encodeContext(context).length, micros, viewVsFloor: micros / floorMicros }
    const figures = `${String(grown.bytes).padStart(9)} B ${micros.toFixed(2).padStart(8)} µs`
    say(`  ${String(signals).padStart(9)} ${figures}   × ${grown.viewVsFloor.toFixed(2)}`)
    return grown
  })
}

export const contextOf = (
  definition: ContextDefinition,
  batches: Iterable<readonly Parameters<typeof applySignals>[1][number][]>,
): Context => {
  let context = emptyContext(definition)
  for (const batch of batches) context = applySignals(context, batch)
  return context
}

export const growth = (grown: readonly Grown[], from: number, what: "bytes" | "micros"): number => {
  const at = (signals: number) => grown.find((state) => state.signals === signals)?.[what] ?? Number.NaN
  return Number((at(1_000_000) / at(from)).toFixed(3))
}

/** By hand: the bare values that are not too old, without age, source or a word on who contradicts. */
const viewFloor = (fields: FloorState extends Map<string, infer State> ? State : never, now: number) => {
  const seen: Record<string, unknown> = {}
  for (const [field, { t, v }] of fields) if (now - t < 30 * 86_400_000) seen[field] = v
  return seen
}

/** A measurement: microseconds of one read in which every field is looked at. */
const timeOfRead =
  (names: readonly string[], read: (now: number) => Readonly<Record<string, unknown>>) => (): number => {
    const reads = 2_000
    const once = () => {
      let known = 0
      for (let time = 0; time < reads; time++) {
        const seen = read(1_760_100_000_000 + time)
        for (const name of names) if (seen[name] !== undefined) known++
      }
      return known
    }
    return (timeOf(once) * 1_000) / reads
  }
