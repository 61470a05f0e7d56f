/** `npm run bench:browser [-- --json]`: what the client costs a page and how soon it tells, in a real Chromium against the real service. */
import type { BrowserContext } from "playwright-core"
import { launchChromium } from "../../src/chromium.ts"
import { openStage } from "../../src/client/open-stage.ts"
import { measureKeep } from "./keep.ts"
import { measureLatency } from "./latency.ts"
import { measureStart } from "./start.ts"

const isJson = process.argv.includes("--json")
const rounds = 5
const round = (figure: number) => Number(figure.toFixed(3))
const rounded = (figures: object) =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, round(figure as number)]))

const stage = await openStage()
const browser = await launchChromium()
const openLive = async (context: BrowserContext) => {
  const page = await context.newPage()
  await page.goto(stage.pageUrl)
  await page.waitForFunction(`window.tellonce?.client.status().connection === "live"`)
  return page
}
const [home, away] = [await browser.newContext(), await browser.newContext()]
const identity = { kind: "email", value: "ada@example.com" }
const { token } = await stage.tellonce.issueToken({ kind: "customer", identity })

const first = await openLive(home)
const indexedDbMicroseconds = await measureKeep(first)
const crossTabMs = await measureLatency(first, await openLive(home), 200)

const elsewhere = await openLive(away)
for (const page of [first, elsewhere]) {
  await page.evaluate(`window.tellonce.client.identify("${token}")`)
  await page.evaluate("window.tellonce.client.ready()")
  await page.waitForFunction(`window.tellonce.client.status().connection === "live"`)
}
const endToEndMs = await measureLatency(first, elsewhere, 200)
await home.close()
await away.close()

const serviceUrl = new URL(stage.pageUrl).searchParams.get("service") ?? ""
const { start, moments } = await measureStart(browser, serviceUrl, rounds)
const figures = {
  startVsSegment: round(start.ratios["@segment/analytics-next"] ?? Number.NaN),
  startMs: round(start.milliseconds.tellonce ?? Number.NaN),
  startVs: rounded(start.ratios),
  startMsOf: rounded(start.milliseconds),
  firstMomentsVsSegment: round(moments.ratios["@segment/analytics-next"] ?? Number.NaN),
  firstMomentsMsOf: rounded(moments.milliseconds),
  indexedDbBatchVsOne: round(indexedDbMicroseconds.batchesOf100 / indexedDbMicroseconds.oneByOne),
  indexedDbMicroseconds: rounded(indexedDbMicroseconds),
  crossTabMs: rounded(crossTabMs),
  endToEndMs: rounded(endToEndMs),
}
console.log(isJson ? JSON.stringify(figures) : figures)
await browser.close()
await stage.close()
process.exit(0)
