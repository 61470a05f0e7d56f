import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type OpenShop, openShop } from "./shop/open-shop.ts"

// A whole shop and a browser, beside all the other tests.
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }

let shop: OpenShop
beforeAll(async () => {
  shop = await openShop()
  await shop.open()
}, 60_000)
afterAll(() => shop?.close())

const fact = (field: string) => shop.panel().locator(`.facts [data-field="${field}"]`)

it("a visitor browses, and the agent sees what was looked at", async () => {
  await shop.page.getByRole("button", { name: /^Hand blender/ }).click()
  await fact("viewed").filter({ hasText: "Hand blender" }).waitFor()
})

it("what is told to the chat is used there, and stands in the panel with its age and source", async () => {
  const answer = await shop.say("Order A-1042: my hand blender is broken, I want to return it.")
  expect(answer).toContain("A-1042")
  expect(answer).toContain("Would you like a refund or a replacement?")
  expect(answer).not.toContain("What is your order number")
  await fact("orderNumber").filter({ hasText: "A-1042" }).waitFor()
  expect(await fact("orderNumber").innerText()).toMatch(/A-1042[\s\S]*web chat, (just now|\d+ s)/)
})

it("typing it anew is what the ask guard prevents, in the chat and in the return form, and says why", async () => {
  expect(await shop.page.locator("#chat-known").innerText()).toMatch(
    /No need to type again: order number A-1042 \(known from web chat, just now\)/,
  )
  const form = shop.page.locator("#return-form")
  expect(await form.innerText()).toMatch(/A-1042[\s\S]*known from web chat, just now/)
  expect(await form.locator('input[name="orderNumber"]:visible').count()).toBe(0)
  const again = await shop.say("I want to return something.")
  expect(again).toContain("You need not type this again")
  expect(again).not.toContain("What is your order number")
})

it("a mail over SMTP from the proven address is in the panel, and its answer asks for nothing known", async () => {
  await shop.page.getByRole("button", { name: "Send by SMTP" }).click()
  const sent = Date.now()
  await fact("wish").filter({ hasText: "refund" }).waitFor()
  console.log(`mail sent to panel: ${Date.now() - sent} ms`)
  const reply = shop.page.locator("#mails li", { hasText: "Acme support" })
  await reply.waitFor()
  const text = await reply.innerText()
  expect(text).toContain("order number: A-1042")
  expect(text).not.toContain("What is your order number")
  expect(text).not.toContain("Would you like a refund")
  expect(await shop.panel().innerText()).not.toContain("What is your order number")
})

it("after kill -9 and a new start all that was acknowledged is there", async () => {
  await shop.restart()
  await shop.open()
  await fact("orderNumber").filter({ hasText: "A-1042" }).waitFor()
  await expect.poll(() => shop.page.locator("#mails li").count(), patience).toBe(2)
  await expect
    .poll(() => shop.page.locator("#return-form").innerText(), patience)
    .toMatch(/refund[\s\S]*known from email/)
})

it("the page threw nothing on the way", () => {
  expect(shop.faults).toEqual([])
})
