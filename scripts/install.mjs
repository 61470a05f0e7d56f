// Brings the dependencies where they are missing or older than the lock file; nothing to do takes no time.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, statSync, utimesSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))

const stamp = `${root}node_modules/.modules.yaml`

const isInstalled = () => {
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(`${root}pnpm-lock.yaml`).mtimeMs
}

/** Exits the process with a reason when the packages cannot be had. */
export const install = () => {
  if (isInstalled()) return
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
  console.error(`Installing dependencies with ${packageManager} …`)
  const { status } = spawnSync("npx", ["-y", packageManager, "install", "--frozen-lockfile"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  })
  if (status !== 0) {
    console.error("The dependencies could not be installed. Is the npm registry in reach?")
    process.exit(1)
  }
  const now = new Date()
  utimesSync(stamp, now, now)
}
