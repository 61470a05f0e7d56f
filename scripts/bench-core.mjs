// `npm run bench:core [-- --json]`: the core beside a hand-written floor and its peers.
// Bundled first, as users run it: what runs TypeScript from source names every closure, which costs more than the work.
import { spawn } from "node:child_process"
import { install, root } from "./install.mjs"

install()
const { build } = await import("esbuild")
const outfile = `${root}tests/bench/dist/core.mjs`
await build({
  entryPoints: [`${root}tests/bench/core.ts`],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@tellonce/source"],
  external: ["tinybase", "yjs", "lodash.merge", "zod"],
})
spawn(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: "inherit" }).on("exit", (code) => {
  process.exitCode = code ?? 1
})
