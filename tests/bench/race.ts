/** Everyone over the same signals, in turn, so that a slow second of the machine meets all alike. */
import type { Batches, Contender } from "./contenders.ts"
import { spreadOf, timeOf } from "./measure.ts"
import { batchesOf, type Workload } from "./workload.ts"

export interface Runner {
  readonly name: string
  readonly run: Contender
  /** The slow ones do a part of the work; what is compared is the cost of one signal. */
  readonly share: number
}

/** By name: how many times as long as ours, the median over the rounds. */
export type Ratios = ReadonlyMap<string, number>

export const race = (
  workload: Workload,
  ours: Runner,
  rivals: readonly Runner[],
  { rounds, say }: { readonly rounds: number; readonly say: (line: string) => unknown },
): Ratios => {
  const times = timesOf(workload, [ours, ...rivals], rounds)
  const own = times.get(ours.name) ?? []
  const ratios = new Map<string, number>()
  for (const [name, all] of times) {
    const { min, median, max } = spreadOf(all)
    const ratio = spreadOf(all.map((time, round) => time / (own[round] ?? Number.NaN))).median
    ratios.set(name, ratio)
    const figures = [min, median, max].map((time) => time.toFixed(0).padStart(7)).join(" ")
    say(`  ${name.padEnd(52)} ${figures}   × ${ratio.toFixed(2)} of ours`)
  }
  return ratios
}

/** Nanoseconds a signal, everyone once a round over strings parsed afresh. */
const timesOf = (
  workload: Workload,
  runners: readonly Runner[],
  rounds: number,
): ReadonlyMap<string, readonly number[]> => {
  const bodies = [...batchesOf(workload)].map((batch) => JSON.stringify(batch))
  const times = new Map(runners.map(({ name }) => [name, [] as number[]]))
  // The first two rounds warm everyone up and do not count.
  for (let round = -2; round < rounds; round++) {
    for (const { name, run, share } of runners) {
      const batches: Batches = bodies.slice(0, Math.ceil(bodies.length * share)).map((body) => JSON.parse(body))
      const count = batches.reduce((sum, batch) => sum + batch.length, 0)
      const nanoseconds = (timeOf(() => run(batches)) * 1e6) / count
      if (round >= 0) times.get(name)?.push(nanoseconds)
    }
  }
  return times
}
