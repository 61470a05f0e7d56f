/** `npm run bench:service [-- --json]`: taking in, keeping and handing on, each beside a floor of the same run. */
import { durableVsDriver } from "./durable.ts"
import { liveP95VsEcho } from "./live.ts"
import { memoryRatios } from "./memory.ts"

const isJson = process.argv.includes("--json")
const say = (line: string) => isJson || console.log(line)
const rounds = 7

const round = (ratio: number) => Number(ratio.toFixed(3))
const { memoryVsRaw, serviceVsRaw } = await memoryRatios(rounds, say)
const figures = {
  memoryVsRaw: round(memoryVsRaw),
  serviceVsRaw: round(serviceVsRaw),
  durableVsDriver: round(await durableVsDriver(rounds, say)),
  liveP95VsEcho: round(await liveP95VsEcho(rounds, say)),
}
console.log(isJson ? JSON.stringify(figures) : figures)
process.exit(0)
