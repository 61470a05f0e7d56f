import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buildPrograms } from "./build-programs.ts"
import { measureHostile } from "./hostile.ts"
import type { Figures } from "./limits.ts"
import { measureLive } from "./live.ts"
import { measureNeighbours } from "./neighbours.ts"
import { measureOverload } from "./overload.ts"
import { measureRestart } from "./restart.ts"
import { measureRevoked } from "./revoked.ts"
import type { Setup, Sizes } from "./setup.ts"
import { measureSoak } from "./soak.ts"
import { measureStalled } from "./stalled.ts"

/** Each promise, and what measures it. */
export const parts: Readonly<Record<string, (setup: Setup) => Promise<Figures>>> = {
  P16: measureLive,
  P17: measureStalled,
  P18: measureRevoked,
  P19: measureOverload,
  P21: measureHostile,
  P24: measureNeighbours,
  P33: measureRestart,
  P34: measureSoak,
}

export interface Run {
  readonly sizes: Sizes
  /** All unless told. */
  readonly only?: readonly string[]
  readonly say?: (line: string) => void
}

/** Measures one promise after the other, each on a service of its own. */
export const runPromises = async ({ sizes, only = Object.keys(parts), say = () => {} }: Run): Promise<Figures> => {
  const programs = await buildPrograms()
  const directory = mkdtempSync(join(tmpdir(), "tellonce-promises-"))
  let files = 0
  const setup: Setup = { programs, sizes, say, newFile: () => join(directory, `${files++}.db`) }
  const figures: Figures[] = []
  try {
    for (const name of only) {
      const began = performance.now()
      say(`${name} …`)
      const measured = await parts[name]?.(setup)
      if (measured) figures.push(measured)
      say(`${name} took ${((performance.now() - began) / 1_000).toFixed(0)} s`)
    }
    return Object.assign({}, ...figures) as Figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
    programs.remove()
  }
}
