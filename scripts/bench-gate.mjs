// `npm run bench:gate [-- --json]`: how long hostile bodies hold up the event loop of a served memory store, seen by a ping each 10 ms.
import { runSource } from "./run-source.mjs"

process.exitCode = await runSource("tests/bench/gate.ts", process.argv.slice(2))
