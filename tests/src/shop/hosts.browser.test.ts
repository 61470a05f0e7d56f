import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type OpenShop, openShop } from "./open-shop.ts"

// A whole shop and a browser, beside all the other tests.
vi.setConfig({ testTimeout: 60_000 })

let shop: OpenShop
beforeAll(async () => {
  shop = await openShop()
  await shop.open()
}, 60_000)
afterAll(() => shop?.close())

const choose = (tab: string) => shop.page.getByRole("tab", { name: tab }).click()
const place = (id: string) => shop.page.locator(`#chat-tabs-${id}`)

it("what is said in deep-chat is known in Web Chat, which asks for the next thing", async () => {
  await shop.say("Order A-1042, I want to return it.")
  await choose("Web Chat")
  const input = place("web-chat").getByRole("textbox")
  await input.fill("It is broken.")
  await input.press("Enter")
  await place("web-chat").getByText("order number: A-1042").first().waitFor()
  await place("web-chat").getByText("Would you like a refund or a replacement?").first().waitFor()
  expect(await place("web-chat").innerText()).not.toContain("What is your order number")
})

it("and in useChat, which has nothing left to ask", async () => {
  await choose("useChat")
  await place("use-chat").getByRole("textbox").fill("A refund, please.")
  await place("use-chat").getByRole("button", { name: "Send" }).click()
  await place("use-chat").getByText("we promise you a refund").waitFor()
  expect((await shop.view()).$.promised[0].value.what).toBe("a refund")
})

it("a chat that was left holds what was said in it", async () => {
  await choose("deep-chat")
  await place("deep-chat").getByText("Order A-1042, I want to return it.").waitFor()
})

it("a suggestion is said in the chat that is open", async () => {
  for (const [tab, id] of [
    ["deep-chat", "deep-chat"],
    ["Web Chat", "web-chat"],
    ["useChat", "use-chat"],
  ] as const) {
    await choose(tab)
    await shop.page.getByRole("button", { name: "Where is my order?" }).click()
    await place(id).getByText("Where is my order?").first().waitFor()
    await place(id).getByText("Your order A-1042 (Hand blender) is in transit").first().waitFor()
  }
})

it("Zendesk and Chatwoot show the same customer, each by the id of its own and with a token of its own", async () => {
  await shop.panel("Zendesk").locator('.facts [data-field="orderNumber"]', { hasText: "A-1042" }).waitFor()
  await choose("Chatwoot")
  await shop.panel("Chatwoot").locator('.facts [data-field="orderNumber"]', { hasText: "A-1042" }).waitFor()
  await choose("useChat")
  await place("use-chat").getByRole("textbox").fill("No, a replacement, please.")
  await place("use-chat").getByRole("button", { name: "Send" }).click()
  await shop.panel("Chatwoot").locator('.facts [data-field="wish"]', { hasText: "replacement" }).waitFor()
  await choose("Zendesk")
  await shop.panel("Zendesk").locator('.facts [data-field="wish"]', { hasText: "replacement" }).waitFor()
  const origins = shop.page.frames().map((frame) => new URL(frame.url()).origin)
  expect(new Set(origins).size).toBe(2)
})

it("by the arrow keys alone another chat is chosen", async () => {
  await choose("deep-chat")
  await shop.page.getByRole("tab", { name: "deep-chat" }).press("ArrowRight")
  await place("web-chat").waitFor()
  expect(await shop.page.getByRole("tab", { name: "Web Chat" }).getAttribute("aria-selected")).toBe("true")
})

it("at 280 px nothing sticks out, neither of the page nor of the panel in a CRM's frame", async () => {
  const { page } = shop
  await page.setViewportSize({ width: 280, height: 800 })
  for (const tab of ["deep-chat", "Web Chat", "useChat"]) {
    await choose(tab)
    for (const crm of ["Zendesk", "Chatwoot"] as const) {
      await choose(crm)
      await shop.panel(crm).locator(".facts").waitFor()
      expect(await shop.panel(crm).evaluate(() => document.documentElement.scrollWidth)).toBe(280)
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(280)
  }
})

it("the page threw nothing on the way", () => {
  expect(shop.faults).toEqual([])
})
