/** `npm run promises [-- --json] [--minutes N] [--only P19,…]`: see `docs/operations.md`. */
import { availableParallelism, loadavg } from "node:os"
import { parseArgs } from "node:util"
import { judge } from "./judge.ts"
import { parts, runPromises } from "./run-promises.ts"
import { fullSizes } from "./setup.ts"

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    minutes: { type: "string", default: "1" },
    only: { type: "string" },
  },
})

const minutes = Number(values.minutes)
const only = values.only?.split(",")
const unknown = only?.filter((name) => !Object.hasOwn(parts, name)) ?? []
if (!(minutes > 0) || unknown.length > 0) {
  console.error(`--minutes takes a number above 0; --only takes some of ${Object.keys(parts).join(",")}.`)
  process.exit(2)
}

// Whoever is told to stop ends what it has started, too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))

const busy = loadavg()[0] ?? 0
const cores = availableParallelism()
// Senders and service share this machine: what else it does is in every figure.
if (busy > cores / 2)
  console.error(`This machine is busy (load ${busy.toFixed(1)} on ${cores} cores): times are too long.`)
const figures = await runPromises({ sizes: fullSizes(minutes), ...(only && { only }), say: console.error })
const verdicts = judge(figures)
if (values.json) console.log(JSON.stringify({ figures, verdicts, loadBefore: busy, cores }))
else {
  const rows = verdicts.map(({ figure, unit, ...verdict }) => ({
    promise: verdict.promise,
    measured: verdict.what,
    figure: `${Number(figure.toPrecision(4))} ${unit}`.trim(),
    limit: verdict.limit,
    outcome: verdict.outcome,
  }))
  console.table(rows)
}
process.exit(verdicts.some(({ outcome }) => outcome === "fails") ? 1 : 0)
