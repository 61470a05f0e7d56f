import { createWebChatHost } from "@tellonce/chat/webchat"
import { chatHostSuite } from "@tellonce/testing"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { type ServedPage, servePage } from "../serve-page.ts"
import { openRemoteHost } from "./remote-host.ts"

let browser: Browser
let served: ServedPage

beforeAll(async () => {
  browser = await launchChromium()
  served = await servePage({ entry: new URL("./pages/webchat-page.ts", import.meta.url), body: "" })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const openWebChat = async () => {
  const page = await browser.newPage()
  const { host, heard, settled } = await openRemoteHost(page, served.url)
  const box = page.locator("[data-id='webchat-sendbox-input']")
  await box.waitFor()
  await host.ready()
  const send = async (text: string) => {
    await box.fill(text)
    await page.keyboard.press("Enter")
    await page.locator(".webchat__bubble", { hasText: text }).last().waitFor()
    await settled()
  }
  const receive = async (text: string) => {
    await page.evaluate(`window.bot.say(${JSON.stringify(text)})`)
    await page.locator(".webchat__bubble", { hasText: text }).waitFor()
    await settled()
  }
  const attributes = async () => {
    await send("what do you know?")
    return (await contextOf(page, -1)) as Record<string, unknown>
  }
  const teardown = async () => {
    await settled()
    await page.close()
  }
  return { host, send, receive, attributes, appHeard: () => heard, teardown }
}

const contextOf = (page: Page, index: number) =>
  page.evaluate(`window.bot.posted().at(${index})?.channelData?.context ?? {}`)

chatHostSuite({
  name: "Bot Framework Web Chat, in Chromium",
  can: ["send", "receive"],
  knowsVisitors: false,
  hears: "words",
  withoutPage: () => createWebChatHost(),
  setup: openWebChat,
})

it("the echo of the bot's connection is not said again, and an answer keeps its ids", async () => {
  const { host, send, receive, teardown } = await openWebChat()
  const events: unknown[] = []
  host.subscribe((event) => events.push(event))
  await send("Hello")
  await receive("Good day")
  expect(events).toEqual([
    { type: "message.sent", text: "Hello" },
    { type: "message.received", text: "Good day", messageId: "activity-2", conversationId: "c1" },
  ])
  await teardown()
})
