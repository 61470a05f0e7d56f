// `npm run bench:service [-- --json]`: the service beside floors of the same run, bundled first as users run it.
import { spawn } from "node:child_process"
import { install, root } from "./install.mjs"

install()
const { build } = await import("esbuild")
const service = `${root}tests/bench/service`
// Beside the service's own libraries, which stay outside the bundle.
const outdir = `${root}packages/node/node_modules/.tellonce-bench`
await build({
  entryPoints: {
    main: `${service}/main.ts`,
    server: `${service}/server.ts`,
    "sqlite-worker": `${root}packages/node/src/store/sqlite-worker.mjs`,
  },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@tellonce/source"],
  packages: "external",
  alias: {
    "@tellonce/node": `${root}packages/node/src/index.ts`,
    "@tellonce/core": `${root}packages/core/src/index.ts`,
  },
})
spawn(process.execPath, [`${outdir}/main.mjs`, ...process.argv.slice(2)], { stdio: "inherit" }).on("exit", (code) => {
  process.exitCode = code ?? 1
})
