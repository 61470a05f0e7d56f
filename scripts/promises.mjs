// `npm run promises [-- --json --minutes N --only P19,…]`: the promises with a number, measured on the real service over HTTP.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("tests/promises/main.ts", process.argv.slice(2))
