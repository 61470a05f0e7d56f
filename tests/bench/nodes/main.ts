/** `npm run bench:nodes [-- --json --most N]`: one, two and three nodes on one database beside its bare transaction, and the cost of a signal as customers grow. */
import { parseArgs } from "node:util"
import { runNodesBench } from "./run-nodes-bench.ts"

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, most: { type: "string", default: "1000000" } },
})
// Ended so that what was started ends, too.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130))

const report = await runNodesBench({ most: Number(values.most), say: console.error })
if (values.json) {
  console.log(JSON.stringify(report))
} else {
  console.log(`The bare transaction is run by ${report.floor}.`)
  console.table(report.nodes)
  console.table(report.growth)
}
