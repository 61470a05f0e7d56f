import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")
export const collectGarbage = runInNewContext("gc") as () => void

/** Milliseconds of one call, with the garbage of what went before collected first. */
export const timeOf = (work: () => unknown): number => {
  collectGarbage()
  const began = performance.now()
  work()
  return performance.now() - began
}

export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return { min: at(0), median: at(0.5), max: at(1) }
}
