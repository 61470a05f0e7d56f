// `npm run replay:mail -- <folder> [--json]`: mails with known answers through the real reader, counted.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("examples/replay-mail/src/main.ts", process.argv.slice(2))
