import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { makeProfile, type OpenBrowser, openBrowser } from "./open-browser.ts"
import { openStage, type Stage } from "./open-stage.ts"

let stage: Stage
let profile: Awaited<ReturnType<typeof makeProfile>>
let browser: OpenBrowser
let page: Page

beforeAll(async () => {
  profile = await makeProfile()
  browser = await openBrowser(profile.path)
}, 30_000)
afterAll(async () => {
  await browser?.kill()
  await profile?.remove()
})
beforeEach(async () => {
  // Another port is another origin: nothing of the test before is found.
  stage = await openStage()
  page = await browser.context.newPage()
})
afterEach(async () => {
  await page.close()
  await stage.close()
})

const inPage = (expression: string): Promise<unknown> => page.evaluate(`window.tellonce.${expression}`)
const untilLive = () => page.waitForFunction(`window.tellonce?.client.status().connection === "live"`)
const tell = (name: string) => inPage(`client.tell({ viewed: "${name}" }, { channel: "page" })`)
const uncaught = () => inPage("heard.uncaught")

const broken = {
  "cannot be opened": `indexedDB.open = () => { throw new DOMException("Denied.", "SecurityError") }`,
  "fails as it opens": `{
    const open = indexedDB.open.bind(indexedDB)
    indexedDB.open = () => {
      const request = open("x")
      queueMicrotask(() => request.dispatchEvent(new Event("error")))
      Object.defineProperty(request, "error", { value: new DOMException("Broken.", "UnknownError") })
      return request
    }
  }`,
  "never answers": `indexedDB.open = () => new EventTarget()`,
  "is not there": `Object.defineProperty(window, "indexedDB", { value: undefined })`,
  "breaks later": `IDBDatabase.prototype.transaction = () => { throw new DOMException("Lost.", "InvalidStateError") }`,
}

it.each(Object.entries(broken))(
  "IndexedDB that %s costs the page nothing but its reloads, and says so",
  async (_, how) => {
    await page.addInitScript(how)
    await page.goto(stage.pageUrl)
    await tell("a")
    await expect.poll(() => inPage("client.status().durability"), { timeout: 3_000 }).toBe("memory")
    await expect.poll(() => stage.kept(), { timeout: 5_000 }).toEqual(["a"])
    await untilLive()
    await tell("b")
    await expect.poll(() => stage.kept()).toEqual(["a", "b"])
    expect(await uncaught()).toEqual([])
  },
  20_000,
)

it("a disk that is really full turns the client to memory, and all is delivered", async () => {
  const debug = await browser.context.newCDPSession(page)
  await debug.send("Storage.overrideQuotaForOrigin", { origin: new URL(stage.pageUrl).origin, quotaSize: 200_000 })
  await page.goto(stage.pageUrl)
  await untilLive()
  const names = Array.from({ length: 40 }, (_, index) => `n${index}`)
  await inPage(`tellLarge(${JSON.stringify(names)})`)
  await expect.poll(() => inPage("client.status().durability")).toBe("memory")
  await expect.poll(() => stage.kept().then((kept) => kept.length), { timeout: 10_000 }).toBe(40)
  await expect.poll(() => inPage("client.counts()")).toEqual({ captured: 40, acked: 40, queued: 0, dropped: {} })
  expect(await inPage("heard.errors")).toEqual(["storage/broken"])
  expect(await uncaught()).toEqual([])
}, 20_000)

it("a page whose timers run once a minute sends and hears all the same", async () => {
  await page.addInitScript(`{
    const soon = window.setTimeout
    window.setTimeout = (work, ms, ...rest) => soon(work, Math.max(60_000, ms ?? 0), ...rest)
  }`)
  await page.goto(stage.pageUrl)
  await untilLive()
  await tell("a")
  await expect.poll(() => stage.kept()).toEqual(["a"])
  const { identity } = (await page.evaluate(`new Promise(async (resolve) => {
    const [{ name }] = await indexedDB.databases()
    const open = indexedDB.open(name)
    open.onsuccess = () => {
      const one = open.result.transaction("visitor").objectStore("visitor").get("visitor")
      one.onsuccess = () => resolve(one.result)
    }
  })`)) as { identity: { kind: string; value: string } }
  await stage.tellonce.record([{ identity, channel: "desk", source: "test", facts: { intent: "return" } }])
  await expect.poll(() => inPage("client.view().intent.value")).toBe("return")
}, 20_000)

it("an endpoint that an ad blocker swallows is counted, not thrown, and costs no signal", async () => {
  const service = new URL(stage.pageUrl).searchParams.get("service") ?? ""
  await page.route(`${service}/**`, (route) => route.abort("blockedbyclient"))
  await page.goto(stage.pageUrl)
  for (const name of ["a", "b"]) await tell(name)
  await expect.poll(() => inPage("client.status().connection")).toBe("offline")
  expect(await inPage("client.counts()")).toEqual({ captured: 2, acked: 0, queued: 2, dropped: {} })
  expect(await inPage("client.view().viewed.value")).toEqual(["b", "a"])
  expect(await inPage("heard.errors")).toEqual(["service/unreachable"])
  expect(await uncaught()).toEqual([])
  await page.unroute(`${service}/**`)
  await inPage("client.flush()")
  await expect.poll(() => stage.kept(), { timeout: 10_000 }).toEqual(["a", "b"])
}, 20_000)

it("a browser that asks for privacy is not asked twice: what needs consent is not collected, whatever was granted", async () => {
  await page.addInitScript(`Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`)
  await page.goto(stage.pageUrl)
  await inPage(`client.tell({ consent: { marketing: "granted" } }, { channel: "banner" })`)
  await inPage(`client.tell({ liked: "shoes" }, { channel: "page" })`)
  await tell("needs none")
  expect(await inPage("client.counts().dropped")).toEqual({ "consent/denied": 1 })
  await expect.poll(() => stage.kept().then((kept) => kept.includes("needs none"))).toBe(true)
  expect(await inPage("client.view().liked.state")).toBe("unknown")
}, 20_000)

it("without a network the next page shows what this one knew", async () => {
  await page.goto(stage.pageUrl)
  await untilLive()
  await tell("a")
  await inPage("client.flush()")
  await page.evaluate(`dispatchEvent(new PageTransitionEvent("pagehide"))`)
  const service = new URL(stage.pageUrl).searchParams.get("service") ?? ""
  await page.route(`${service}/**`, (route) => route.abort("internetdisconnected"))
  await page.reload()
  await expect.poll(() => inPage("client.view().viewed.value")).toEqual(["a"])
  expect(await inPage("client.counts().queued")).toBe(0)
}, 20_000)
