import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { launchChromium } from "./chromium.ts"
import { type ServedPage, servePage } from "./serve-page.ts"

let browser: Browser
let served: ServedPage
let page: Page
const requests: { context?: unknown }[] = []

beforeAll(async () => {
  browser = await launchChromium()
  served = await servePage({
    entry: new URL("./pages/deep-chat-page.ts", import.meta.url),
    body: "",
    answers: {
      "/chat": (request) => {
        requests.push(request as { context?: unknown })
        return { text: `Answer ${requests.length}` }
      },
    },
  })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  requests.length = 0
  page = await browser.newPage()
  await page.goto(served.url)
})
afterEach(() => page.close())

const type = async (text: string) => {
  const answers = requests.length + 1
  await page.locator("deep-chat #text-input").fill(text)
  await page.keyboard.press("Enter")
  await page.locator("deep-chat .ai-message-text", { hasText: `Answer ${answers}` }).waitFor()
}

/** What the page's own script holds. */
const inPage = (expression: string) => page.evaluate(`window.tellonce.${expression}`)
const statements = () =>
  inPage("context.signals.map(({ authority, channel, event, facts }) => ({ authority, channel, event, facts }))")

it("what a customer types into the real widget becomes context, and the answer a message of the bot", async () => {
  await type("Where is my order A-1042?")
  expect(await statements()).toEqual([
    {
      authority: "customer",
      channel: "web-chat",
      event: { name: "message", text: "Where is my order A-1042?" },
      facts: { orderNumber: "A-1042" },
    },
    { authority: "bot", channel: "web-chat", event: { name: "message", text: "Answer 1" } },
  ])
})

it("the request that carries a message carries what the message stated, and what the page knew", async () => {
  await inPage(`context.record({ channel: "web", facts: { page: "returns" } })`)
  await type("It is about A-1042.")
  expect(requests.map(({ context }) => context)).toEqual([{ orderNumber: "A-1042", page: "returns" }])
})

it("the app keeps its handler, its history and its messages on the screen", async () => {
  await type("one")
  await type("two")
  expect(await inPage("heard")).toEqual(["user: one", "ai: Answer 1", "user: two", "ai: Answer 2"])
  const shown = await page.locator("deep-chat .message-bubble").allTextContents()
  expect(shown.map((text) => text.trim())).toEqual(["Said yesterday: A-0001", "one", "Answer 1", "two", "Answer 2"])
})

it("a chat that is disconnected goes on, unheard", async () => {
  await type("one")
  await inPage("disconnect()")
  await type("two")
  expect(await inPage("context.signals.length")).toBe(2)
  expect(await inPage("heard.length")).toBe(4)
})
