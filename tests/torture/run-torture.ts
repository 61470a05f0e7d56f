import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buildService } from "./build-service.ts"
import { checkDatabase } from "./check-database.ts"
import { createRandom } from "./create-random.ts"
import { fullDisk } from "./full-disk.ts"
import { killRounds } from "./kill-rounds.ts"
import { createLedger } from "./ledger.ts"
import { powerCuts } from "./power-cuts.ts"
import { secondProcess } from "./second-process.ts"
import { swallowedAnswers } from "./swallowed-answers.ts"

export interface TortureReport {
  readonly rounds: number
  /** Signals acknowledged. */
  readonly acked: number
  readonly lost: number
  readonly doubled: number
  /** "ok", or what SQLite found broken in any file. */
  readonly integrity: string
  readonly powerCuts: number
  /** How power cuts were simulated, or that they were not. */
  readonly powerCutMethod: string
  readonly swallowedAnswers: number
  readonly fullDisk: string
  readonly secondProcess: string
  readonly seed: number
}

export interface Torture {
  readonly rounds: number
  /** Repeats the same random choices. */
  readonly seed: number
  readonly say?: (line: string) => void
}

/** Kills, power cuts, swallowed answers, a full disk and a second process, against the real service over HTTP. */
export const runTorture = async ({ rounds, seed, say = () => {} }: Torture): Promise<TortureReport> => {
  const random = createRandom(seed)
  const program = await buildService()
  const directory = mkdtempSync(join(tmpdir(), "tellonce-torture-"))
  try {
    const data = join(directory, "store.db")
    const ledger = createLedger()
    say(`kill -9 under load, ${rounds} times …`)
    const counted = await killRounds({ program, data, rounds, ledger, random })
    say("answers swallowed, clients try again …")
    const swallowed = await swallowedAnswers({ program, data, rounds, ledger, random })
    say("a second process on the same file …")
    const second = await secondProcess({ program, data })
    const kept = checkDatabase(data, ledger, Date.now())
    say("power cuts …")
    const cut = await powerCuts({ program, directory: makeDirectory(directory, "cut"), cuts: rounds * 5, random })
    say("a full disk …")
    const full = await fullDisk({
      program,
      directory: makeDirectory(directory, "full"),
      ledger: createLedger(),
      random,
    })
    return {
      rounds,
      acked: ledger.acked.size + (cut?.acked ?? 0),
      lost: kept.lost + counted.few + (cut?.lost ?? 0),
      doubled: kept.doubled + counted.many + (cut?.doubled ?? 0),
      integrity: [kept.integrity, cut?.integrity ?? "ok"].find((said) => said !== "ok") ?? "ok",
      powerCuts: cut?.cuts ?? 0,
      powerCutMethod: cut?.method ?? "not run (strace is not installed)",
      swallowedAnswers: swallowed,
      fullDisk: full,
      secondProcess: second,
      seed,
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const makeDirectory = (parent: string, name: string): string => {
  const path = join(parent, name)
  mkdirSync(path)
  return path
}
