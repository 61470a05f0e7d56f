// `npm run torture [-- --rounds N --seed N --json]`: the service killed, cut off, unheard, on a full disk; counts what was lost or doubled.
import { spawnSync } from "node:child_process"
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
const quietly = { stdio: "ignore" }
const hasStrace = () => spawnSync("strace", ["-V"], quietly).status === 0
if (!hasStrace() && process.getuid?.() === 0) {
  console.error("Installing strace, to simulate power cuts …")
  spawnSync("apt-get", ["update"], quietly)
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "strace"], quietly)
}
process.exitCode = await runSource("tests/torture/main.ts", process.argv.slice(2))
