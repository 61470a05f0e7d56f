import type { Page } from "playwright-core"
import { afterEach, beforeEach, expect, it } from "vitest"
import { makeProfile, type OpenBrowser, openBrowser } from "./open-browser.ts"
import { openStage, type Stage } from "./open-stage.ts"
import { waiting } from "./waiting.ts"

let stage: Stage
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: OpenBrowser
let page: Page

beforeEach(async () => {
  stage = await openStage()
  profile = await makeProfile()
  browser = await openBrowser(profile.path)
  page = await browser.context.newPage()
}, 30_000)
afterEach(async () => {
  await browser.kill()
  await stage.close()
  await profile.remove()
})

const inPage = (expression: string): Promise<unknown> => page.evaluate(`window.tellonce.${expression}`)
const tell = (name: string) => inPage(`client.tell({ viewed: "${name}" }, { channel: "page" })`)
const visit = async () => {
  await page.goto(stage.pageUrl)
  await page.waitForFunction("window.tellonce")
}
const untilLive = () => page.waitForFunction(`window.tellonce?.client.status().connection === "live"`)

it("a transport that does not load costs no signal: the page works, says so once, and sends when it has come", async () => {
  stage.serveTransport("cut")
  await visit()
  await tell("a")
  await expect.poll(() => inPage("client.status().connection")).toBe("offline")
  await inPage("client.ready()")
  await inPage("client.flush()")
  expect(await inPage("client.view().viewed.value")).toEqual(["a"])
  expect(await inPage("client.counts()")).toEqual({ captured: 1, acked: 0, queued: 1, dropped: {} })
  // By the page that comes after it, too: it is on the disk.
  await page.reload()
  await page.waitForFunction("window.tellonce")
  await expect.poll(() => inPage("client.view().viewed.value")).toEqual(["a"])
  await expect.poll(() => inPage("heard.errors")).toEqual(["client/not_loaded"])
  stage.serveTransport("served")
  await page.evaluate(`dispatchEvent(new Event("online"))`)
  await expect.poll(() => stage.kept(), { timeout: 5_000 }).toEqual(["a"])
  await untilLive()
  expect(await inPage("heard.errors")).toEqual(["client/not_loaded"])
  expect(await inPage("heard.uncaught")).toEqual([])
}, 30_000)

it("whoever is known and leaves before the transport has come is heard: the last words need none of it", async () => {
  await visit()
  await untilLive()
  stage.serveTransport("held")
  await visit()
  await tell("a")
  await expect.poll(() => inPage(`client.status().role`)).toBe("leader")
  await page.goto(new URL("/other", stage.pageUrl).href)
  await expect.poll(() => stage.kept(), { timeout: 5_000 }).toEqual(["a"])
  stage.serveTransport("served")
  await visit()
  await untilLive()
  await inPage("client.flush()")
  expect(await stage.kept()).toEqual(["a"])
  expect(await inPage("client.counts().queued")).toBe(0)
}, 30_000)

it("whoever is new and leaves before the transport has come is heard at the next visit", async () => {
  stage.serveTransport("held")
  await visit()
  await tell("a")
  // Until the disk of a first visit is open, there is nothing that outlives the page.
  await expect.poll(() => waiting(page)).toBe(1)
  await page.goto(new URL("/other", stage.pageUrl).href)
  stage.serveTransport("served")
  await visit()
  await expect.poll(() => stage.kept(), { timeout: 5_000 }).toEqual(["a"])
  await expect.poll(() => inPage("client.view().viewed.value")).toEqual(["a"])
}, 30_000)
