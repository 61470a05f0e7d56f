import type { Page } from "playwright-core"
import { afterEach, beforeEach, expect, it } from "vitest"
import { makeProfile, type OpenBrowser, openBrowser } from "./open-browser.ts"
import { openStage, type Stage } from "./open-stage.ts"

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

const inPage = (page: Page, expression: string): Promise<unknown> => page.evaluate(`window.tellonce.${expression}`)
const untilLive = (page: Page) => page.waitForFunction(`window.tellonce?.client.status().connection === "live"`)
const tell = (page: Page, name: string) => inPage(page, `client.tell({ viewed: "${name}" }, { channel: "page" })`)
const viewed = (page: Page) => inPage(page, "client.view().viewed.value?.toSorted().join()")
const isLeader = (page: Page) => inPage(page, `client.status().role === "leader"`)

const openTabs = async (count: number): Promise<readonly Page[]> => {
  const tabs: Page[] = []
  for (let tab = 0; tab < count; tab++) tabs.push(await browser.open(stage.pageUrl))
  for (const tab of tabs) await untilLive(tab)
  return tabs
}
const leadersOf = async (tabs: readonly Page[]): Promise<readonly Page[]> => {
  const leads = await Promise.all(tabs.map(isLeader))
  return tabs.filter((_, index) => leads[index])
}
const lines = (names: readonly string[]) => [...names].sort().join()

it("eight tabs are one client: one connection, one sender, one view, and the eighth can still call", async () => {
  const tabs = await openTabs(8)
  expect(await leadersOf(tabs)).toHaveLength(1)
  expect(stage.streams()).toBe(1)
  const names = tabs.map((_, index) => `tab${index}`)
  for (const [index, tab] of tabs.entries()) await tell(tab, `tab${index}`)
  for (const tab of tabs) await expect.poll(() => viewed(tab)).toBe(lines(names))
  await expect.poll(() => stage.deliveries.length).toBe(8)
  const origin = new URL(stage.pageUrl).searchParams.get("service")
  expect(await tabs[7]?.evaluate(`fetch("${origin}/healthz").then(({ status }) => status)`)).toBe(200)
  for (const tab of tabs) {
    await expect.poll(() => inPage(tab, "client.counts()")).toEqual({ captured: 8, acked: 8, queued: 0, dropped: {} })
  }
}, 40_000)

it("when the leading tab is killed another leads within five seconds; nothing is lost and nothing comes twice", async () => {
  const tabs = await openTabs(8)
  const [leader] = await leadersOf(tabs)
  if (leader === undefined) throw new Error("Nobody leads.")
  const others = tabs.filter((tab) => tab !== leader)
  // Told in all tabs and sent by none: what the dead leader had in hand is the successor's to send.
  stage.refuse(503)
  for (const [index, tab] of tabs.entries()) await tell(tab, `tab${index}`)
  for (const tab of tabs) await expect.poll(() => inPage(tab, "client.counts().queued")).toBe(8)
  const debug = await browser.context.newCDPSession(leader)
  await debug.send("Page.enable")
  void debug.send("Page.crash").catch(() => undefined)
  await expect.poll(() => leadersOf(others).then((leaders) => leaders.length), { timeout: 5_000 }).toBe(1)
  stage.refuse(undefined)
  await expect.poll(() => stage.kept().then((kept) => kept.length), { timeout: 20_000 }).toBe(8)
  expect(lines(await stage.kept())).toBe(lines(tabs.map((_, index) => `tab${index}`)))
  await expect.poll(() => stage.streams()).toBe(1)
  for (const tab of others) {
    await expect.poll(() => inPage(tab, "client.counts()")).toEqual({ captured: 8, acked: 8, queued: 0, dropped: {} })
  }
}, 60_000)

it("whoever is erased is gone from all tabs and from the disk, and comes back as nobody known", async () => {
  const [one, other] = await openTabs(2)
  if (one === undefined || other === undefined) throw new Error("Two tabs were opened.")
  await tell(one, "secret")
  await expect.poll(() => viewed(other)).toBe("secret")
  await inPage(one, "client.flush()")
  const stored = `new Promise(async (resolve) => {
    const [{ name }] = await indexedDB.databases()
    const open = indexedDB.open(name)
    open.onsuccess = () => {
      const all = open.result.transaction("visitor").objectStore("visitor").getAll()
      all.onsuccess = () => { open.result.close(); resolve(JSON.stringify(all.result)) }
    }
  })`
  await expect.poll(() => one.evaluate(stored)).toContain("secret")
  const [visitor] = JSON.parse((await one.evaluate(stored)) as string)
  stage.refuse(503)
  await tell(other, "unsent")
  await stage.tellonce.erase(visitor.identity)
  stage.refuse(undefined)
  for (const tab of [one, other]) {
    await expect.poll(() => viewed(tab), { timeout: 10_000 }).toBeUndefined()
    await expect.poll(() => inPage(tab, `client.counts().dropped["access/erased"]`)).toBe(1)
  }
  await tell(other, "anew")
  for (const tab of [one, other]) await expect.poll(() => viewed(tab), { timeout: 10_000 }).toBe("anew")
  await expect.poll(() => stage.kept(), { timeout: 10_000 }).toEqual(["anew"])
  await expect.poll(() => one.evaluate(stored), { timeout: 5_000 }).not.toContain("secret")
  expect(await one.evaluate(stored)).not.toContain(visitor.identity.value)
}, 40_000)

it("who signs out is signed out in all tabs, and the next is a new visitor", async () => {
  const [one, other] = await openTabs(2)
  if (one === undefined || other === undefined) throw new Error("Two tabs were opened.")
  const ada = { kind: "email", value: "ada@example.com" }
  const { token } = await stage.tellonce.issueToken({ kind: "customer", identity: ada })
  await stage.tellonce.record([{ identity: ada, channel: "desk", source: "test", facts: { viewed: "adas" } }])
  for (const tab of [one, other]) await inPage(tab, `client.identify("${token}")`)
  for (const tab of [one, other]) await expect.poll(() => viewed(tab)).toBe("adas")
  expect(await leadersOf([one, other])).toHaveLength(1)
  await inPage(one, "client.identify(undefined)")
  for (const tab of [one, other]) await expect.poll(() => viewed(tab)).toBeUndefined()
  await tell(other, "next")
  await expect.poll(() => viewed(one)).toBe("next")
  expect((await stage.tellonce.view(ada)).viewed.value).toEqual(["adas"])
}, 40_000)

it("consent that is withdrawn in one tab empties the queue of all, and nothing of it leaves the browser", async () => {
  const [one, other] = await openTabs(2)
  if (one === undefined || other === undefined) throw new Error("Two tabs were opened.")
  const like = (tab: Page) => inPage(tab, `client.tell({ liked: "shoes" }, { channel: "page" })`)
  const choose = (tab: Page, choice: string) =>
    inPage(tab, `client.tell({ consent: { marketing: "${choice}" } }, { channel: "banner" })`)
  await like(one)
  expect(await inPage(one, "client.counts().dropped")).toEqual({ "consent/denied": 1 })
  stage.refuse(503)
  await choose(one, "granted")
  await expect.poll(() => inPage(other, "client.view().consent.value?.marketing")).toBe("granted")
  await like(other)
  await expect.poll(() => inPage(one, "client.view().liked.value")).toBe("shoes")
  await choose(one, "denied")
  for (const tab of [one, other]) {
    await expect.poll(() => inPage(tab, `client.counts().dropped["consent/withdrawn"]`), { timeout: 1_000 }).toBe(1)
    expect(await inPage(tab, "client.view().liked.state")).toBe("unknown")
  }
}, 40_000)

it("without locks each tab sends what it was told, and every signal counts once", async () => {
  await browser.context.addInitScript(`Object.defineProperty(navigator, "locks", { value: undefined })`)
  const tabs = await openTabs(3)
  expect(await leadersOf(tabs)).toHaveLength(3)
  for (const [index, tab] of tabs.entries()) await tell(tab, `tab${index}`)
  for (const tab of tabs) await expect.poll(() => viewed(tab), { timeout: 5_000 }).toBe("tab0,tab1,tab2")
  expect([...(await stage.kept())].sort()).toEqual(["tab0", "tab1", "tab2"])
  expect(stage.deliveries).toHaveLength(3)
}, 40_000)

it("a tab that follows has the service's time from the tab that leads, and what it was told is sent once", async () => {
  await browser.context.addInitScript("const now = Date.now; Date.now = () => now() - 86_400_000")
  const [, follower] = await openTabs(2)
  if (follower === undefined) throw new Error("Two tabs were opened.")
  const before = Date.now()
  await inPage(follower, `client.tell({ intent: "buy" }, { channel: "page" })`)
  const settled = { captured: 1, acked: 1, queued: 0, dropped: {} }
  await expect.poll(() => inPage(follower, "client.counts()")).toEqual(settled)
  expect(await inPage(follower, "client.view().intent.at")).toBeGreaterThan(before - 60_000)
  await inPage(follower, "client.flush()")
  expect(stage.deliveries).toHaveLength(1)
}, 40_000)
