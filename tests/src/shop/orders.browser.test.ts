import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { type OpenShop, openShop } from "./open-shop.ts"

// A whole shop and a browser, beside all the other tests.
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 20_000 }

let shop: OpenShop
beforeAll(async () => {
  shop = await openShop()
  await shop.open()
}, 60_000)
afterAll(() => shop?.close())

const press = (name: string | RegExp) => shop.page.getByRole("button", { name }).click()
/** What stands below the buttons, once it does. */
const counterSays = (text: string) => shop.page.locator("#counter-status").getByText(text, { exact: true }).waitFor()

it("a delay that the carrier announces reaches chat, mail draft and panel, and the chat corrects what it had told", async () => {
  const told = await shop.say("Where is my order A-1042?")
  expect(told).toMatch(/in transit and will be with you on \w+day/)
  const started = Date.now()
  await press("Announce a delay")
  const reaches = async (where: string, arrives: Promise<void>) => {
    await arrives
    return `${where} ${Date.now() - started} ms`
  }
  const arrivals = await Promise.all([
    reaches("chat", shop.page.locator("deep-chat").getByText("I have to correct what we told you.").waitFor()),
    reaches("mail draft", shop.page.locator("#draft", { hasText: "is delayed" }).waitFor()),
    reaches("panel", shop.panel().locator('.facts [data-field="orderStatus"]', { hasText: "delayed" }).waitFor()),
  ])
  console.log(`a delay announced by the carrier: ${arrivals.join(", ")}`)

  const { orderStatus, deliveryDate, $ } = await shop.view()
  expect(orderStatus).toMatchObject({ value: "delayed", authority: "record", channel: "backend" })
  const [now, before] = $.told.filter(({ channel }: { readonly channel: string }) => channel === "web-chat")
  expect(now.value.facts.deliveryDate).toBe(deliveryDate.value)
  expect(before.value.facts.deliveryDate < deliveryDate.value).toBe(true)
  // Told as it was, then announced, then corrected.
  expect([before.at, orderStatus.at, now.at]).toEqual([before.at, orderStatus.at, now.at].sort((a, b) => a - b))
})

it("it is corrected once, however often the page looks", async () => {
  await shop.page.reload()
  await shop.page.getByText("Signed in as Ada").waitFor()
  // A change that the page looks at like any other.
  await press(/Desk lamp/)
  await shop.panel().locator('.facts [data-field="viewed"]', { hasText: "Desk lamp" }).waitFor()
  const { $ } = await shop.view()
  const tellings = $.told.filter(({ channel }: { readonly channel: string }) => channel === "web-chat")
  expect(tellings).toHaveLength(2)
  expect(await shop.page.locator("deep-chat").innerText()).not.toContain("I have to correct")
})

it("an item that is listed and sold out is not promised", async () => {
  await press("Sell out the Hand blender")
  await shop.page.getByRole("button", { name: /Hand blender.*sold out/ }).waitFor()
  await shop.say("My blender is broken, I want to return it.")
  const answer = await shop.say("A replacement, please.")
  expect(answer).toContain("The Hand blender is sold out, so we cannot promise you a new one.")
  expect((await shop.view()).$.promised).toEqual([])
  await shop.page.locator("#draft", { hasText: "is sold out" }).waitFor()
})

it("a promotion is held while the complaint is open, and the panel says so", async () => {
  await shop.page.getByRole("button", { name: /Copper kettle/ }).click()
  await press("Send a promotion")
  await counterSays("Held. A complaint is open. Settle it first.")
  await shop.panel().getByText("A complaint is open.").first().waitFor()
})

it("the complaint settled, a sold-out item is still not promoted, and another one is", async () => {
  await press("Settle the complaint")
  await counterSays("The complaint is settled.")
  await shop.page.getByRole("button", { name: /Hand blender.*sold out/ }).click()
  await expect.poll(async () => (await shop.view()).viewed.value[0], patience).toBe("Hand blender")
  await press("Send a promotion")
  await counterSays("Held. The Hand blender is sold out. Wait until it is back.")
  expect(await shop.page.locator("#mails li").count()).toBe(0)
  await press("Restock the Hand blender")
  await counterSays("The Hand blender is back.")
  await press("Send a promotion")
  await counterSays("Sent: Hand blender, 20 % off.")
})

it("back in stock it is promised again, from what the order system says now", async () => {
  await shop.say("My blender is broken, I want to return it.")
  expect(await shop.say("A replacement, please.")).toContain("we promise you a new Hand blender")
  expect((await shop.view()).$.promised).toHaveLength(1)
})

it("a service that is busy for a moment has heard the question before the bot answers it", async () => {
  let refused = 0
  const busy = { status: 503, headers: { "retry-after": "1" }, json: { code: "overload/busy", detail: "Busy." } }
  await shop.page.route("**/v1/signals", async (route) => {
    refused += 1
    await route.fulfill(busy)
    await shop.page.unroute("**/v1/signals")
  })
  expect(await shop.say("Where is my order A-1042?")).toMatch(/will be with you on \w+day/)
  expect(refused).toBe(1)
})

it("the page threw nothing on the way", () => {
  expect(shop.faults).toEqual([])
})
