import { createAiSdkHost } from "@tellonce/chat/ai-sdk"
import { chatHostSuite } from "@tellonce/testing"
import { DefaultChatTransport } from "ai"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { type ServedPage, servePage } from "../serve-page.ts"
import { openRemoteHost } from "./remote-host.ts"
import { startStreamingModel } from "./streaming-model.ts"

let browser: Browser
let served: ServedPage
let model: Awaited<ReturnType<typeof startStreamingModel>>

beforeAll(async () => {
  browser = await launchChromium()
  model = await startStreamingModel()
  served = await servePage({ entry: new URL("./pages/ai-sdk-page.ts", import.meta.url), body: "" })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
  model?.close()
})

const openChat = async () => {
  const page = await browser.newPage()
  model.requests.length = 0
  const { host, heard, settled } = await openRemoteHost(page, `${served.url}?api=${model.url}`)
  const submit = async (text: string) => {
    await page.locator("input").fill(text)
    await page.locator("#send").click()
  }
  const answered = async (text: string) => {
    await page.locator("p.assistant", { hasText: text }).waitFor()
    await settled()
  }
  const send = async (text: string) => {
    const answer = `Answer ${model.requests.length + 1}`
    await submit(text)
    await answered(answer)
  }
  const receive = async (text: string) => {
    model.willAnswer(text)
    await submit("When?")
    await answered(text)
  }
  const attributes = async () => {
    await send("what do you know?")
    return model.requests.at(-1)?.context ?? {}
  }
  const teardown = async () => {
    await settled()
    await page.close()
  }
  return { page, host, send, submit, receive, answered, settled, attributes, appHeard: () => heard, teardown }
}

chatHostSuite({
  name: "useChat of the AI SDK, in Chromium",
  can: ["send", "receive"],
  knowsVisitors: false,
  hears: "words",
  withoutPage: () => createAiSdkHost({ transport: new DefaultChatTransport() }),
  setup: async () => {
    const { host, send, receive, attributes, appHeard, teardown } = await openChat()
    return { host, send, receive, attributes, appHeard, teardown }
  },
})

it("the app's own body is left as it is, and a chat without attributes sends none", async () => {
  const { send, host, teardown } = await openChat()
  await send("one")
  host.setAttributes({ orderNumber: "A-1042" })
  await send("two")
  expect(model.requests.map(({ tenant, context }) => [tenant, context])).toEqual([
    ["acme", undefined],
    ["acme", { orderNumber: "A-1042" }],
  ])
  await teardown()
})

it("one conversation starts once; an answer asked for again is no new message of the customer", async () => {
  const { page, host, send, answered, teardown } = await openChat()
  const types: string[] = []
  host.subscribe(({ type }) => types.push(type))
  await send("one")
  await page.locator("#again").click()
  await answered("Answer 2")
  await send("two")
  expect(types).toEqual([
    "conversation.started",
    "message.sent",
    "message.received",
    "message.received",
    "message.sent",
    "message.received",
  ])
  await teardown()
})

it("an answer the customer stops is told as far as they saw it", async () => {
  const { page, host, submit, answered, settled, teardown } = await openChat()
  const received: unknown[] = []
  host.subscribe((event) => {
    if (event.type === "message.received") received.push(event.text)
  })
  model.willAnswer("It takes a while…")
  await submit("How long?")
  await answered("It takes a while…")
  await page.locator("#stop").click()
  await settled()
  expect(received).toEqual(["It takes a while…"])
  await teardown()
})
