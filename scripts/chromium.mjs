// Finds a Chromium (the system's, Playwright's) or brings one (Debian's package, else Playwright's download).
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { root } from "./install.mjs"

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

const installed = () => [process.env.CHROMIUM_PATH, ...usual, playwrights()].find((path) => path && existsSync(path))

/** Where Playwright keeps its own, whether or not it is there. */
const playwrights = () => {
  const script = 'process.stdout.write(require("playwright-core").chromium.executablePath())'
  return spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }).stdout
}

const run = (command, args) =>
  spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], timeout: 600_000 }).status === 0

const bring = () => {
  console.error("No Chromium found: getting one …")
  const fromPlaywright = () => run("npx", ["playwright-core", "install", "chromium"])
  const fromDebian = () =>
    process.getuid?.() === 0 &&
    existsSync("/etc/debian_version") &&
    run("apt-get", ["update", "-qq"]) &&
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"])
  return fromDebian() || fromPlaywright()
}

/** The path of an executable Chromium. Exits the process with a reason when there is none to be had. */
export const findChromium = () => {
  const path = installed() ?? (bring() && installed())
  if (path) return path
  console.error("The tests drive a real browser and none could be found or installed. Set CHROMIUM_PATH to one.")
  process.exit(1)
}
