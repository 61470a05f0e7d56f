import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

/** No sandbox, since CI containers run as root; the rest keeps it from talking to anyone but the page under test. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** A headless Chromium: the one of `CHROMIUM_PATH`, of the system, or of Playwright's own cache. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    chromium.executablePath(),
  ].find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined) {
    throw new Error("No Chromium was found. Install one (`apt-get install chromium`), or name it in CHROMIUM_PATH.")
  }
  return chromium.launch({ executablePath, args, headless: true })
}
