// `npm run bench:nodes [-- --most N --json]`: one, two and three nodes on one PostgreSQL beside its bare transaction.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("tests/bench/nodes/main.ts", process.argv.slice(2))
