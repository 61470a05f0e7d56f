import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

/** No sandbox, since CI containers run as root; the rest keeps it from talking to anyone but the page under test. */
export const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** The Chromium of `CHROMIUM_PATH`, of the system, or of Playwright's own cache. */
export const findChromium = (): string => {
  const executablePath = [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    chromium.executablePath(),
  ].find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined) {
    throw new Error("No Chromium was found. Install one (`apt-get install chromium`), or name it in CHROMIUM_PATH.")
  }
  return executablePath
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: chromiumArgs, headless: true })
