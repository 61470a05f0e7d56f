/** `npm run bench:core [-- --json]`: what merging costs, beside a hand-written floor and the peers, in one run. */
import { floor, floorByBatch, lodashMerge, spread, tellonce, tinybase, tinybaseOwnClock, yjs } from "./contenders.ts"
import { growth, historyOf } from "./history.ts"
import { joinVsFloor } from "./join.ts"
import { collectGarbage } from "./measure.ts"
import { type Ratios, type Runner, race } from "./race.ts"
import { bytesPerCustomer, rewriteTime } from "./state.ts"
import { definitionOf, latestKinds, mixedKinds, type Workload } from "./workload.ts"

const isJson = process.argv.includes("--json")
const say = (line: string) => isJson || console.log(line)

const floorName = "hand-written Map, in place"
const harderFloor = "the same Map, the customer looked up once a batch"
const tinybaseName = "TinyBase MergeableStore.setCell, transactions of 20"
const tinybaseOwnName = "TinyBase applyMergeableChanges, own clock, of 20"
const yjsName = "Yjs with a time check, transactions of 20"

const peers: readonly Runner[] = [
  { name: tinybaseName, run: tinybase, share: 0.05 },
  { name: tinybaseOwnName, run: tinybaseOwnClock, share: 0.1 },
  { name: yjsName, run: yjs, share: 0.5 },
  { name: "lodash.merge", run: lodashMerge, share: 0.1 },
  { name: "object spread with a time check", run: spread, share: 1 },
]

/** Ours against the two floors, again and again; the peers, who are far away, a few times. */
const compare = (title: string, workload: Omit<Workload, "signals">, others: readonly Runner[] = []): Ratios => {
  const run = tellonce(definitionOf(workload.kinds))
  const ours: Runner = { name: "tellonce applySignals", run, share: 1 }
  const floors: readonly Runner[] = [
    { name: floorName, run: floor, share: 1 },
    { name: harderFloor, run: floorByBatch, share: 1 },
  ]
  const { customers, voices = 1 } = workload
  say(`\n${title}, ${customers} customers, ${voices} authorities a field: ns a signal, min / median / max`)
  const near = race({ ...workload, signals: 200_000 }, ours, floors, { rounds: 15, say })
  const far =
    others.length === 0 ? new Map() : race({ ...workload, signals: 200_000 }, ours, others, { rounds: 5, say })
  return new Map([...near, ...far])
}

collectGarbage()
const latest = compare("40 latest fields", { kinds: latestKinds, customers: 1 }, peers)
const mixed = compare("all rules mixed", { kinds: mixedKinds, customers: 1 }, peers)
const latest100 = compare("40 latest fields", { kinds: latestKinds, customers: 100 })
const mixed100 = compare("all rules mixed", { kinds: mixedKinds, customers: 100 })
const latestOf3 = compare("40 latest fields", { kinds: latestKinds, customers: 1, voices: 3 })
const mixedOf3 = compare("all rules mixed", { kinds: mixedKinds, customers: 1, voices: 3 })
const latest100Of3 = compare("40 latest fields", { kinds: latestKinds, customers: 100, voices: 3 })
const latestGrown = historyOf("40 latest fields", latestKinds, say)
const mixedGrown = historyOf("all rules mixed", mixedKinds, say)

const of = (ratios: Ratios, name: string) => round(ratios.get(name) ?? Number.NaN)
const round = (ratio: number) => Number(ratio.toFixed(3))
const figures = {
  // One authority a field: one register a field, as the floor has.
  latestVsFloor: of(latest, floorName),
  mixedVsFloor: of(mixed, floorName),
  // A harder floor than the one the budget names: ours, too, looks the customer up once a batch.
  latestVsFloorByBatch: of(latest, harderFloor),
  mixedVsFloorByBatch: of(mixed, harderFloor),
  latest100VsFloor: of(latest100, floorName),
  mixed100VsFloor: of(mixed100, floorName),
  // Three registers a field, where the floor still keeps one.
  latestOf3VsFloor: of(latestOf3, floorName),
  mixedOf3VsFloor: of(mixedOf3, floorName),
  latest100Of3VsFloor: of(latest100Of3, floorName),
  latestVsTinybase: of(latest, tinybaseName),
  latestVsTinybaseOwnClock: of(latest, tinybaseOwnName),
  latestVsYjs: of(latest, yjsName),
  latestVsLodash: of(latest, "lodash.merge"),
  latestVsSpread: of(latest, "object spread with a time check"),
  viewVsFloor: round(latestGrown.at(-1)?.viewVsFloor ?? Number.NaN),
  viewGrowth: growth(latestGrown, 100, "micros"),
  // Its lists are full from some thousand signals on; until then there is less to read.
  mixedViewGrowthFromFull: growth(mixedGrown, 10_000, "micros"),
  stateGrowth: growth(mixedGrown, 10_000, "bytes"),
  joinVsFloor: round(joinVsFloor()),
  heapBytesPerCustomer: { latest: bytesPerCustomer(latestKinds), mixed: bytesPerCustomer(mixedKinds) },
  decodeApplyEncodeMicros: { latest: round(rewriteTime(latestKinds)), mixed: round(rewriteTime(mixedKinds)) },
}
console.log(isJson ? JSON.stringify(figures) : figures)
