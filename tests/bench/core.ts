/** `npm run bench:core [-- --json]`: what merging costs, beside a hand-written floor and the peers, in one run. */
import {
  applySignals,
  type Context,
  type ContextDefinition,
  emptyContext,
  encodeContext,
  joinContexts,
  view,
} from "@tellonce/core"
import {
  type Batches,
  type Contender,
  floor,
  floorByBatch,
  lodashMerge,
  spread,
  tellonce,
  tinybase,
  yjs,
} from "./contenders.ts"
import { collectGarbage, spreadOf, timeOf } from "./measure.ts"
import { batchesOf, definitionOf, type Kinds, latestKinds, mixedKinds } from "./workload.ts"

const rounds = 7
const isJson = process.argv.includes("--json")
const say = (line: string) => isJson || console.log(line)

interface Runner {
  readonly name: string
  readonly run: Contender
  /** The slow ones do a part of the work; what is compared is the cost of one signal. */
  readonly share: number
}

const peers: readonly Runner[] = [
  { name: "TinyBase MergeableStore.setCell, transactions of 20", run: tinybase, share: 0.05 },
  { name: "Yjs with a time check, transactions of 20", run: yjs, share: 0.5 },
  { name: "lodash.merge", run: lodashMerge, share: 0.1 },
  { name: "object spread with a time check", run: spread, share: 1 },
]

/** Nanoseconds a signal, one round after another, everyone once a round over strings parsed afresh. */
const race = (
  kinds: Kinds,
  customers: number,
  signals: number,
  runners: readonly Runner[],
): ReadonlyMap<string, readonly number[]> => {
  const bodies = [...batchesOf({ kinds, customers, signals })].map((batch) => JSON.stringify(batch))
  const times = new Map(runners.map(({ name }) => [name, [] as number[]]))
  for (let round = -1; round < rounds; round++) {
    for (const { name, run, share } of runners) {
      const batches: Batches = bodies.slice(0, Math.ceil(bodies.length * share)).map((body) => JSON.parse(body))
      const count = batches.reduce((sum, batch) => sum + batch.length, 0)
      const nanoseconds = (timeOf(() => run(batches)) * 1e6) / count
      // The first round warms everyone up and does not count.
      if (round >= 0) times.get(name)?.push(nanoseconds)
    }
  }
  return times
}

const ours = "tellonce applySignals"

/** Races everyone and answers with the median over the rounds of (their time ÷ ours). */
const compare = (title: string, kinds: Kinds, customers: number): ReadonlyMap<string, number> => {
  const runners = [
    { name: "hand-written Map, in place", run: floor, share: 1 },
    { name: ours, run: tellonce(definitionOf(kinds)), share: 1 },
    { name: "the same Map, the customer looked up once a batch", run: floorByBatch, share: 1 },
    ...peers,
  ]
  const times = race(kinds, customers, 200_000, runners)
  const own = times.get(ours) ?? []
  say(
    `\n${title}, ${customers} customer${customers === 1 ? "" : "s"}: ns a signal, min / median / max; ours is so many times as fast`,
  )
  const ratios = new Map<string, number>()
  for (const [name, all] of times) {
    const { min, median, max } = spreadOf(all)
    const ratio = spreadOf(all.map((time, round) => time / (own[round] ?? Number.NaN))).median
    ratios.set(name, ratio)
    say(
      `  ${name.padEnd(52)} ${[min, median, max].map((time) => time.toFixed(0).padStart(7)).join(" ")}   × ${ratio.toFixed(2)}`,
    )
  }
  return ratios
}

/** The context after so much history of one customer. */
const after = (definition: ContextDefinition, kinds: Kinds, signals: number): Context => {
  let context = emptyContext(definition)
  for (const batch of batchesOf({ kinds, customers: 1, signals })) context = applySignals(context, batch)
  return context
}

/** Microseconds of one read of all 40 fields, best of many short runs. */
const viewTime = (context: Context): number => {
  const reads = 2_000
  const once = () => {
    let known = 0
    for (let read = 0; read < reads; read++) {
      const seen = view(context, { now: 1_760_100_000_000 + read })
      for (const name in context.definition.fields) if (seen[name]?.valueOf() !== undefined) known++
    }
    return known
  }
  return spreadOf(Array.from({ length: 15 }, () => (timeOf(once) * 1_000) / reads)).min
}

const history = (kinds: Kinds, title: string) => {
  const definition = definitionOf(kinds)
  say(`\n${title}, one customer, as history grows: bytes of the encoded context, µs to view 40 fields`)
  return [100, 1_000, 10_000, 100_000, 1_000_000].map((signals) => {
    const context = after(definition, kinds, signals)
    const state = { signals, bytes: encodeContext(context).length, micros: viewTime(context) }
    say(
      `  ${String(signals).padStart(9)} ${String(state.bytes).padStart(9)} B ${state.micros.toFixed(2).padStart(8)} µs`,
    )
    return state
  })
}

/** Joining two replicas that each saw half: ours ÷ a Map of Maps joined by time, medians of per-round ratios. */
const joining = (): number => {
  const definition = definitionOf(latestKinds)
  const all = [...batchesOf({ kinds: latestKinds, customers: 1, signals: 2_000 })]
  const halves = [0, 1].map((half) => all.filter((_, index) => index % 2 === half))
  const contexts = halves.map((batches) =>
    batches.reduce((context: Context, batch) => applySignals(context, batch), emptyContext(definition)),
  )
  const floors = halves.map((batches) => floor(batches))
  const [mine, theirs] = contexts as [Context, Context]
  const [left, right] = floors as [ReturnType<typeof floor>, ReturnType<typeof floor>]
  const times = 5_000
  const join = () => {
    for (let time = 0; time < times; time++) joinContexts(mine, theirs)
  }
  const joinFloor = () => {
    for (let time = 0; time < times; time++) {
      for (const [customer, fields] of right) {
        const known = new Map(left.get(customer))
        for (const [field, held] of fields) if (held.t > (known.get(field)?.t ?? -1)) known.set(field, held)
      }
    }
  }
  return spreadOf(Array.from({ length: rounds }, () => timeOf(join) / timeOf(joinFloor))).median
}

collectGarbage()
const latest = compare("40 latest fields", latestKinds, 1)
const mixed = compare("all rules mixed", mixedKinds, 1)
const latest100 = compare("40 latest fields", latestKinds, 100)
const mixed100 = compare("all rules mixed", mixedKinds, 100)
const latestGrown = history(latestKinds, "40 latest fields")
const mixedGrown = history(mixedKinds, "all rules mixed")
const joinVsFloor = joining()
say(`\njoining two replicas of 40 fields takes ${joinVsFloor.toFixed(2)} × the floor's time`)

const of = (ratios: ReadonlyMap<string, number>, name: string) => Number((ratios.get(name) ?? Number.NaN).toFixed(3))
type Grown = ReturnType<typeof history>
const growth = (grown: Grown, from: number, what: "bytes" | "micros") => {
  const at = (signals: number) => grown.find((state) => state.signals === signals)?.[what] ?? Number.NaN
  return Number((at(1_000_000) / at(from)).toFixed(3))
}
const figures = {
  latestVsFloor: of(latest, "hand-written Map, in place"),
  mixedVsFloor: of(mixed, "hand-written Map, in place"),
  // A harder floor than the one the budget names: ours, too, looks the customer up once a batch.
  latestVsFloorByBatch: of(latest, "the same Map, the customer looked up once a batch"),
  mixedVsFloorByBatch: of(mixed, "the same Map, the customer looked up once a batch"),
  latest100VsFloor: of(latest100, "hand-written Map, in place"),
  mixed100VsFloor: of(mixed100, "hand-written Map, in place"),
  latestVsTinybase: of(latest, "TinyBase MergeableStore.setCell, transactions of 20"),
  latestVsYjs: of(latest, "Yjs with a time check, transactions of 20"),
  latestVsLodash: of(latest, "lodash.merge"),
  latestVsSpread: of(latest, "object spread with a time check"),
  viewGrowth: growth(latestGrown, 100, "micros"),
  // Its lists are full from some thousand signals on; until then there is less to read.
  mixedViewGrowthFromFull: growth(mixedGrown, 10_000, "micros"),
  stateGrowth: growth(mixedGrown, 10_000, "bytes"),
  joinVsFloor: Number(joinVsFloor.toFixed(3)),
}
console.log(isJson ? JSON.stringify(figures) : figures)
