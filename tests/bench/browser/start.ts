/** What starting a client costs the page: the one go of import and start, and all script of its first moments. */
import type { Browser } from "playwright-core"
import { spreadOf } from "../measure.ts"
import { entries } from "./entries.ts"
import { serveEntries } from "./serve-entries.ts"

/** By then every contender is ready, or has given up. */
const firstMoments = 1_500

/** What the peers hear from wherever they call: enough for each to get ready, and no more. */
const stub = {
  integrations: {},
  plan: {},
  source: { id: "s", workspaceId: "w", writeKey: "k", enabled: true, config: {}, destinations: [] },
}

export interface StartCosts {
  /** Median milliseconds by contender. */
  readonly milliseconds: Readonly<Record<string, number>>
  /** Median of the ratios of each round: ours ÷ the peer's. */
  readonly ratios: Readonly<Record<string, number>>
}

/** `start`: importing and starting, in one go. `moments`: all script of the first 1.5 s, less what an empty page runs. */
export type Costs = Readonly<Record<"start" | "moments", number>>

export const measureStart = async (
  browser: Browser,
  serviceUrl: string,
  rounds: number,
): Promise<Readonly<Record<keyof Costs, StartCosts>>> => {
  const named = Object.entries(entries).map(([name, code]) => [name, code.replace("{service}", serviceUrl)])
  const site = await serveEntries(Object.fromEntries(named))
  const costs: Record<string, Costs[]> = {}
  // The first round warms the browser and the service up.
  for (let round = -1; round < rounds; round++) {
    const blank = await costsOf(browser, site.urlOf("empty"), serviceUrl)
    for (const name of Object.keys(entries)) {
      if (name === "empty") continue
      const { start, moments } = await costsOf(browser, site.urlOf(name), serviceUrl)
      if (round >= 0) costs[name] = [...(costs[name] ?? []), { start, moments: moments - blank.moments }]
    }
  }
  site.close()
  return { start: summarize(costs, "start"), moments: summarize(costs, "moments") }
}

const summarize = (all: Readonly<Record<string, readonly Costs[]>>, what: keyof Costs): StartCosts => {
  const costs = Object.fromEntries(Object.entries(all).map(([name, each]) => [name, each.map((one) => one[what])]))
  const mine = costs.tellonce ?? []
  const medians = Object.entries(costs).map(([name, all]) => [name, spreadOf(all).median])
  const ratios = Object.entries(costs).flatMap(([name, all]) =>
    name === "tellonce" ? [] : [[name, spreadOf(all.map((cost, round) => (mine[round] ?? Number.NaN) / cost)).median]],
  )
  return { milliseconds: Object.fromEntries(medians), ratios: Object.fromEntries(ratios) }
}

/** One visit with nothing in stores and caches; the script of the first moments is by Chromium's own account. */
const costsOf = async (browser: Browser, url: string, serviceUrl: string): Promise<Costs> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const own = [new URL(url).origin, new URL(serviceUrl).origin]
  await page.route(
    ({ origin }) => !own.includes(origin),
    (route) => route.fulfill({ json: stub, headers: { "access-control-allow-origin": "*" } }),
  )
  const debug = await context.newCDPSession(page)
  await debug.send("Performance.enable")
  await page.goto(url)
  await page.waitForTimeout(firstMoments)
  const { metrics } = await debug.send("Performance.getMetrics")
  const start = Number(await page.evaluate("window.started"))
  await context.close()
  const moments = 1_000 * (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN)
  return { start, moments }
}
