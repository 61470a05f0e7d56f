import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import { chromiumArgs, findChromium } from "../chromium.ts"

/** A Chromium as a person has it: with a profile on the disk, and the cache of pages that Playwright's own start turns off. */
export interface OpenBrowser {
  readonly context: BrowserContext
  open(url: string): Promise<Page>
  /** kill -9 of all its processes: nothing runs on the way out. */
  kill(): Promise<void>
}

export const makeProfile = async (): Promise<{ readonly path: string; remove(): Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), "tellonce-profile-"))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

export const openBrowser = async (profile: string): Promise<OpenBrowser> => {
  const flags = [...chromiumArgs, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`]
  // A group of its own, so that it can be ended with all its children.
  const child = spawn(findChromium(), [...flags, "about:blank"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const browser = await chromium.connectOverCDP(await endpointOf(child))
  const [context] = browser.contexts()
  if (context === undefined) throw new Error("Chromium came without a window.")
  return {
    context,
    async open(url) {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        const exit = once(child, "exit")
        process.kill(-child.pid, "SIGKILL")
        await exit
      }
      await browser.close().catch(() => undefined)
    },
  }
}

const endpointOf = (child: ChildProcess): Promise<string> =>
  new Promise((found, failed) => {
    let said = ""
    child.stderr?.on("data", (chunk) => {
      said += String(chunk)
      const [, endpoint] = /listening on (ws:\S+)/.exec(said) ?? []
      if (endpoint) found(endpoint)
    })
    child.once("exit", () => failed(new Error(`Chromium ended before it was ready: ${said}`)))
  })
