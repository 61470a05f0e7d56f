// `npm run torture:nodes [-- --seed N --load SECONDS --json]`: three nodes on PostgreSQL, its primary killed, its standby stalled, a node killed; counts what was lost or doubled.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("tests/torture-nodes/main.ts", process.argv.slice(2))
