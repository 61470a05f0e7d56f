import { execFile, spawnSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import pg from "pg"
import { type BareStatements, type BareTransaction, bareTransaction } from "./bare-transaction.ts"

/** Runs the store's transaction from so many connections. Answers signals a second. */
export type FloorRun = (
  run: BareTransaction & { readonly clients: number; readonly seconds: number },
) => Promise<number>

/** Who runs it here: pgbench where it is installed, else the bare driver. */
export const findFloor = (url: string): { readonly name: string; readonly run: FloorRun } =>
  spawnSync("pgbench", ["--version"]).status === 0
    ? { name: "pgbench", run: (options) => byPgbench(url, options) }
    : { name: "pg", run: (options) => byDriver(url, options) }

const byPgbench = async (url: string, { clients, seconds, ...transaction }: Parameters<FloorRun>[0]) => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-pgbench-"))
  try {
    const file = join(directory, "transaction.sql")
    await writeFile(file, toScript(bareTransaction(transaction, ":c")))
    const args = ["-n", "-f", file, "-c", `${clients}`, "-j", "2", "-T", `${seconds}`, url]
    const { stdout } = await promisify(execFile)("pgbench", args)
    const tps = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
    if (!(tps > 0)) throw new Error(`pgbench says no figure: ${stdout}`)
    return tps * transaction.size
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const begin = "BEGIN; SET LOCAL tellonce.tenant = '='"

const toScript = ({ keep, fold, chance }: BareStatements): string => {
  const lines = (statements: readonly string[]) => statements.map((statement) => `${statement};\n`).join("")
  const choose = `\\set c random(0, 1000000)\n\\set dice random(1, 1000)\n`
  return `${choose}${begin};\n${lines(keep)}\\if :dice <= ${Math.round(chance * 1_000)}\n${lines(fold)}\\endif\nCOMMIT;\n`
}

const byDriver = async (url: string, { clients, seconds, ...transaction }: Parameters<FloorRun>[0]) => {
  let done = 0
  const began = performance.now()
  const end = began + seconds * 1_000
  const run = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      for (; performance.now() < end; done++) {
        const { keep, fold, chance } = bareTransaction(transaction, `${Math.floor(Math.random() * 1_000_000)}`)
        const folds = Math.random() < chance ? fold : []
        for (const statement of [begin, ...keep, ...folds, "COMMIT"]) await client.query(statement)
      }
    } finally {
      await client.end()
    }
  }
  await Promise.all(Array.from({ length: clients }, run))
  return (done * transaction.size * 1_000) / (performance.now() - began)
}
