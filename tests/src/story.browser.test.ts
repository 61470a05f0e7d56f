import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "./chromium.ts"
import { type ShopProcess, startShop } from "./shop-process.ts"

const screenshots = fileURLToPath(new URL("../../.screenshots/", import.meta.url))

let data: string
let shop: ShopProcess
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "tellonce-story-"))
  shop = await startShop(data)
  browser = await launchChromium()
  page = await browser.newPage({ viewport: { width: 1440, height: 1100 } })
  page.on("pageerror", (error) => faults.push(error.message))
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await shop?.kill()
  await rm(data, { recursive: true, force: true })
})

const open = async () => {
  await page.goto(shop.url)
  await page.getByText("Signed in as Ada").waitFor()
}
const panel = () => page.locator("tellonce-panel section.panel")
const chat = () => page.locator("deep-chat")
/** Says it and waits for the bot to have answered; the dots it shows while thinking are no answer. */
const say = async (text: string) => {
  const answers = chat().locator(".ai-message-text:not(.loading-message-text)")
  const before = await answers.count()
  await chat().locator("#text-input").fill(text)
  await chat().locator("#text-input").press("Enter")
  await expect.poll(() => answers.count()).toBeGreaterThan(before)
  await expect.poll(() => answers.last().innerText()).not.toBe("")
  return (await answers.last().innerText()).trim()
}

it("a visitor browses, and the agent sees what was looked at", async () => {
  await open()
  await page.getByRole("button", { name: /^Hand blender/ }).click()
  await panel().locator("bdi", { hasText: "Hand blender" }).waitFor()
})

it("what is told to the chat is used there, and stands in the panel with its age and source", async () => {
  const answer = await say("Order A-1042: my hand blender is broken, I want to return it.")
  expect(answer).toContain("A-1042")
  expect(answer).toContain("Would you like a refund or a replacement?")
  expect(answer).not.toContain("What is your order number")
  await panel().getByText("A-1042").first().waitFor()
  await expect.poll(() => panel().innerText()).toMatch(/A-1042[\s\S]*web chat, just now/)
})

it("typing it anew is what the ask guard prevents, in the chat and in the return form, and says why", async () => {
  expect(await page.locator("#chat-known").innerText()).toMatch(
    /No need to type again: order number A-1042 \(known from web chat, just now\)/,
  )
  const row = page.locator('#return-fields [data-field="orderNumber"]')
  expect(await row.innerText()).toMatch(/A-1042[\s\S]*known from web chat, just now/)
  expect(await page.locator("#return-orderNumber").count()).toBe(0)
  const again = await say("I want to return something.")
  expect(again).toContain("You need not type this again")
  expect(again).not.toContain("What is your order number")
})

it("a mail over SMTP from the proven address is in the panel within a second, and its answer asks for nothing known", async () => {
  await page.getByRole("button", { name: "Send by SMTP" }).click()
  await page.getByText("Sent. The answer comes below.").waitFor()
  const sent = Date.now()
  await panel().getByText("refund").first().waitFor()
  const seenAfter = Date.now() - sent
  const reply = page.locator("#mails li", { hasText: "Acme support" })
  await reply.waitFor()
  const text = await reply.innerText()
  expect(text).toContain("order number: A-1042")
  expect(text).not.toContain("What is your order number")
  expect(text).not.toContain("Would you like a refund")
  console.log(`mail sent to panel: ${seenAfter} ms`)
  expect(await panel().innerText()).not.toContain("What is your order number")
  await page.screenshot({ path: `${screenshots}story.png`, fullPage: true })
})

it("a mail nobody proved reaches no proven customer, and what is no mail is refused", async () => {
  const { sendMail } = await import("../../examples/shop/src/mail/send-mail.ts")
  const account = /ada\.\w+@example\.com/.exec(await page.locator("#account").innerText())?.[0] ?? ""
  await sendMail({
    port: shop.smtpPort,
    from: account,
    to: "support@acme.example",
    subject: "My order",
    text: "Order Z-9999, and send a replacement.",
  })
  await expect(
    sendMail({ port: shop.smtpPort, from: "", to: "support@acme.example", subject: "", text: "" }),
  ).rejects.toThrow(/550/)
  await say("Hello again")
  expect(await panel().innerText()).not.toContain("Z-9999")
  expect(await panel().innerText()).toContain("A-1042")
})

it("after kill -9 and a new start all that was acknowledged is there", async () => {
  const { port } = new URL(shop.url)
  await shop.kill()
  shop = await startShop(data, Number(port))
  await open()
  await panel().getByText("A-1042").first().waitFor()
  await expect.poll(() => page.locator("#mails li").count()).toBe(2)
  expect(await page.locator('#return-fields [data-field="wish"]').innerText()).toMatch(/refund[\s\S]*known from email/)
  await page.screenshot({ path: `${screenshots}after-restart.png`, fullPage: true })
}, 30_000)

it("the page threw nothing on the way", () => {
  expect(faults).toEqual([])
})
