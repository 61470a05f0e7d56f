import { parseArgs } from "node:util"
import { runNodesTorture } from "./run-nodes-torture.ts"

const { values } = parseArgs({
  options: {
    load: { type: "string", default: "3" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    json: { type: "boolean", default: false },
  },
})

// Ended so that what was started ends, too.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130))

const started = Date.now()
const report = await runNodesTorture({
  seed: Number(values.seed),
  load: Number(values.load) * 1_000,
  say: console.error,
})
const seconds = Math.round((Date.now() - started) / 1_000)
const { failOvers, nodeKilled, ...figures } = report
console.table({ ...figures, seconds })
console.table(failOvers)
console.table(nodeKilled)
if (values.json) console.log(JSON.stringify({ ...report, seconds }))

const isWhole =
  report.lost === 0 &&
  report.doubled === 0 &&
  report.hashes === 1 &&
  report.gaps === 0 &&
  nodeKilled.resumed > 0 &&
  nodeKilled.resets === 0 &&
  failOvers.every(({ ackedWhileStalled }) => ackedWhileStalled === 0)
process.exitCode = isWhole ? 0 : 1
