// `npm run test:postgres -- 16`: the tests of the PostgreSQL store on that major (15, 16, 17, 18), or on a directory with its `bin`; on all four unless told.
import { spawnSync } from "node:child_process"
import { install, root } from "./install.mjs"

install()
const [which, ...more] = process.argv.slice(2)
for (const release of which === undefined ? ["15", "16", "17", "18"] : [which]) {
  console.log(`\n— PostgreSQL ${release}`)
  const env = { ...process.env, TELLONCE_POSTGRES: release }
  const { status } = spawnSync("node_modules/.bin/vitest", ["run", "tests/src/postgres", ...more], {
    cwd: root,
    stdio: "inherit",
    env,
  })
  if (status !== 0) process.exitCode = 1
}
