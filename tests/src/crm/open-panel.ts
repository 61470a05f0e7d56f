import type { Browser, Locator, Page } from "playwright-core"
import { launchChromium } from "../chromium.ts"
import { type ServedPage, servePage } from "../serve-page.ts"

const minute = 60_000

/** The panel's test page in a real browser, with what the tests do to it. */
export interface PanelPage {
  readonly page: Page
  readonly url: string
  /** Paths that were requested of whatever host. */
  readonly requested: readonly URL[]
  /** Runs statements in the page, where `tellonce` is what the page gives out. */
  run<Result = void>(statements: string): Promise<Result>
  record(statement: object, ago?: number): Promise<void>
  /** A customer halfway through a return: something in every section. */
  recordStory(): Promise<void>
  fact(field: string): Locator
  line(field: string): Locator
  section(name: string): Locator
  close(): Promise<void>
}

export const words = async (locator: Locator): Promise<string | undefined> =>
  (await locator.textContent())?.replace(/\s+/g, " ").trim()

/** One browser and one served page for all tests of a file. */
export const startPanelPages = async (): Promise<{
  readonly browser: Browser
  readonly served: ServedPage
  open(prepare?: (page: Page) => Promise<unknown>): Promise<PanelPage>
  close(): Promise<void>
}> => {
  const browser = await launchChromium()
  const served = await servePage({
    entry: new URL("./pages/panel-page.ts", import.meta.url),
    body: "<main><h1>Desk</h1></main>",
  })
  return {
    browser,
    served,
    async open(prepare) {
      const page = await browser.newPage()
      await prepare?.(page)
      const opened = toPanelPage(page, served.url)
      await page.goto(served.url)
      return opened
    },
    async close() {
      await browser.close()
      await served.close()
    },
  }
}

const toPanelPage = (page: Page, url: string): PanelPage => {
  const requested: URL[] = []
  page.on("request", (request) => requested.push(new URL(request.url())))
  const run = <Result>(statements: string) => page.evaluate<Result>(`(async () => { ${statements} })()`)
  const record = (statement: object, ago = 0) =>
    run<void>(
      `tellonce.context.record({ channel: "web-chat", at: Date.now() - ${ago}, ...${JSON.stringify(statement)} })`,
    )
  return {
    page,
    url,
    requested,
    run,
    record,
    async recordStory() {
      for (const [ago, statement] of story) await record(statement, ago)
      await run(`
        tellonce.panel.matter = "return-1"
        tellonce.panel.script = ["orderNumber", "city", "visitDate"]
        tellonce.panel.answers = { visitDate: { answer: "ask", reason: "expired", question: "When would you like to come?" } }
        await tellonce.panel.updateComplete
      `)
    },
    fact: (field) => page.locator(`tellonce-panel .facts [data-field="${field}"]`),
    line: (field) => page.locator(`tellonce-panel .script [data-field="${field}"]`),
    section: (name) => page.locator(`tellonce-panel section[aria-labelledby="${name}"]`),
    close: () => page.close(),
  }
}

const bot = { authority: "bot" }
const agent = { channel: "crm", authority: "agent", speaker: "desk-1" }

/** What happened, and how long ago. */
const story: readonly (readonly [ago: number, statement: object])[] = [
  [9e6, { event: { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" } }],
  [8e6, { event: { name: "linked", to: { kind: "phone", value: "+49 30 901820" }, proof: "claimed" } }],
  [3 * 1_440 * minute, { channel: "email", facts: { visitDate: "2025-12-01" } }],
  [95 * minute, { channel: "web-shop", facts: { city: "Potsdam", viewed: ["Trail shoes", "Rain jacket"] } }],
  [12 * minute, { channel: "orders", source: "orders-db", authority: "record", facts: { orderStatus: "in transit" } }],
  [7 * minute, { facts: { orderStatus: "delivered" } }],
  [6 * minute, { ...bot, event: { name: "told", facts: { orderStatus: "returned" } } }],
  [5 * minute, { matter: "return-1", event: { name: "opened", kind: "return", title: "Return of trail shoes" } }],
  [4 * minute, { ...bot, event: { name: "tried", what: "Printing the label", outcome: "failed" } }],
  [3 * minute, { ...bot, event: { name: "asked", fields: ["orderNumber"] } }],
  [2.5 * minute, { ...agent, event: { name: "promised", what: "A call back today", due: 1_900_000_000_000 } }],
  [
    2 * minute,
    {
      matter: "return-1",
      facts: { orderNumber: "A-1042", intent: "return" },
      event: { name: "message", text: "The left shoe of A-1042 is torn.\nI want to send it back." },
    },
  ],
  [1 * minute, { ...bot, event: { name: "message", text: "I am sorry. An agent will take over." } }],
  [
    0.8 * minute,
    {
      ...agent,
      event: { name: "held", hold: "h1", action: "sendSurvey", reason: "A complaint is open.", owner: "desk-1" },
    },
  ],
  [
    0.5 * minute,
    { ...bot, event: { name: "handed", handoff: "ho-1", to: "desk-1", reason: "Torn shoe, label does not print" } },
  ],
]
