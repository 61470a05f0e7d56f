import type { Page } from "playwright-core"
import { afterEach, beforeEach, expect, it } from "vitest"
import { makeProfile, type OpenBrowser, openBrowser } from "./open-browser.ts"
import { openStage, type Stage } from "./open-stage.ts"
import { waiting } from "./waiting.ts"

let stage: Stage
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: OpenBrowser

beforeEach(async () => {
  stage = await openStage()
  profile = await makeProfile()
  browser = await openBrowser(profile.path)
}, 30_000)
afterEach(async () => {
  await browser.kill()
  await stage.close()
  await profile.remove()
})

const names = ["a", "b", "c", "d", "e", "f", "g", "h"]

const inPage = (page: Page, expression: string): Promise<unknown> => page.evaluate(`window.tellonce.${expression}`)
const untilLive = (page: Page) => page.waitForFunction(`window.tellonce?.client.status().connection === "live"`)
const tellAll = (page: Page) => page.evaluate(`window.tellonce.tellLarge(${JSON.stringify(names)})`)

/** Eight signals of 30 kB are told, and the page is left in this way while they are under way. */
const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  async close(page) {
    await tellAll(page)
    await page.close()
  },
  async navigate(page) {
    await tellAll(page)
    await page.goto(new URL("/other", stage.pageUrl).href)
  },
  async reload(page) {
    await tellAll(page)
    await page.reload()
  },
  async "into the cache and back"(page) {
    await tellAll(page)
    await page.goto(new URL("/other", stage.pageUrl).href)
    await page.goBack({ waitUntil: "commit" })
    expect(await inPage(page, "heard.restored")).toBe(true)
    await untilLive(page)
  },
  async crash(page) {
    // Nothing is to get through before, or this would prove nothing.
    stage.refuse(503)
    await tellAll(page)
    await expect.poll(() => waiting(page)).toBe(names.length)
    await browser.kill()
    stage.refuse(undefined)
    browser = await openBrowser(profile.path)
  },
  async "lose the network"(page) {
    await browser.context.setOffline(true)
    await tellAll(page)
    expect(await inPage(page, "client.view().viewed.value.length")).toBe(names.length)
    await expect.poll(() => waiting(page)).toBe(names.length)
    await page.close()
    await browser.context.setOffline(false)
  },
}

it.each(Object.keys(ways))(
  "%s: all eight are in the view at the latest after the next visit, and each counts once",
  async (way) => {
    const first = await browser.open(stage.pageUrl)
    await untilLive(first)
    await ways[way]?.(first)
    const next = await browser.open(stage.pageUrl)
    await expect.poll(() => stage.kept().then((kept) => [...kept].sort()), { timeout: 10_000 }).toEqual(names)
    await expect.poll(() => inPage(next, "client.view().viewed.value?.length"), { timeout: 10_000 }).toBe(names.length)
    await expect.poll(() => waiting(next), { timeout: 10_000 }).toBe(0)
    expect(await inPage(next, "heard.uncaught")).toEqual([])
  },
  40_000,
)

it("hiding and showing a tab makes no delivery but the first of each signal", async () => {
  const page = await browser.open(stage.pageUrl)
  await untilLive(page)
  const see = (state: string) =>
    page.evaluate(`Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"))`)
  await page.evaluate(`window.tellonce.tellLarge(["a", "b"])`)
  for (const state of ["hidden", "visible", "hidden", "visible"]) await see(state)
  await expect.poll(() => stage.kept()).toHaveLength(2)
  await inPage(page, "client.flush()")
  expect(stage.deliveries.length).toBe(2)
  expect(await inPage(page, "client.counts()")).toEqual({ captured: 2, acked: 2, queued: 0, dropped: {} })
}, 30_000)
