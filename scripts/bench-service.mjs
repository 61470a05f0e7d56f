// `npm run bench:service [-- --json]`: the service beside floors of the same run, bundled first as users run it.
import { spawn } from "node:child_process"
import { install, root } from "./install.mjs"

install()
const { bundleService } = await import("../tests/bundle-service.mjs")
const service = `${root}tests/bench/service`
const outdir = await bundleService({
  name: "bench",
  programs: { main: `${service}/main.ts`, server: `${service}/server.ts` },
})
spawn(process.execPath, [`${outdir}/main.mjs`, ...process.argv.slice(2)], { stdio: "inherit" }).on("exit", (code) => {
  process.exitCode = code ?? 1
})
