// `npm run bench:browser [-- --json]`: starting, keeping and telling in Chromium, beside the peers in the same run.
import { findChromium } from "./chromium.mjs"
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("tests/bench/browser/main.ts", process.argv.slice(2), {
  CHROMIUM_PATH: findChromium(),
})
