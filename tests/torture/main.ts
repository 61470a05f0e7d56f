import { parseArgs } from "node:util"
import { runTorture } from "./run-torture.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    json: { type: "boolean", default: false },
  },
})

const started = Date.now()
const report = await runTorture({ rounds: Number(values.rounds), seed: Number(values.seed), say: console.error })
const seconds = Math.round((Date.now() - started) / 1_000)
console.table({ ...report, seconds })
if (values.json) console.log(JSON.stringify({ ...report, seconds }))

const isWhole =
  report.lost === 0 &&
  report.doubled === 0 &&
  report.integrity === "ok" &&
  report.secondProcess === "refused" &&
  /^(ok|not run)/.test(report.fullDisk)
process.exitCode = isWhole ? 0 : 1
