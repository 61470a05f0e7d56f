import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { renderingPayloads } from "../crm/rendering-payloads.fixture.ts"
import { type ServedPage, servePage } from "../serve-page.ts"

const policy =
  "default-src 'none'; script-src 'self'; style-src 'none'; img-src data:; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")
const body = `<main><h1>Your trip</h1><form>
  <p><label>Order number <input name="order" required pattern="A-\\d+"></label></p>
  <p data-row><label for="people">Number of people</label> <input id="people" name="people" type="number" required></p>
  <fieldset><legend>What do you want?</legend>
    <label><input type="radio" name="wish" value="refund"> Money</label>
    <label><input type="radio" name="wish" value="replacement"> Another one</label></fieldset>
  <p><label>Remark <textarea name="remark"></textarea></label></p>
  <button>Send</button></form></main>`

let browser: Browser
let served: ServedPage
let page: Page
const asked: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
  served = await servePage({ entry: new URL("./pages/form-page.ts", import.meta.url), body })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  page = await browser.newPage()
  asked.length = 0
  page.on("dialog", (dialog) => {
    asked.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on("request", (request) => asked.push(request.url()))
  await page.goto(served.url)
})
afterEach(() => page.close())

const inPage = (expression: string) => page.evaluate(`window.tellonce.${expression}`)
const know = (facts: object) => inPage(`know(${JSON.stringify(facts)})`)
const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.name")
const violations = async () => {
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate("axe.run(document).then(({ violations }) => violations.map(({ id }) => id))")
  return found
}

it("by keyboard alone: yes to one question, another value changed, and the form is sent", async () => {
  await know({ orderNumber: "A-1042", guests: 4, wish: "refund" })
  await inPage("age(7200000)")
  await page.keyboard.press("Tab")
  expect(await focused()).toBe("Change: Order number")
  await page.keyboard.press("Enter")
  expect(await focused()).toBe("order")
  await page.keyboard.press("Control+A")
  await page.keyboard.type("A-2000")
  await page.keyboard.press("Tab")
  expect(await focused()).toBe("Yes: Number of people")
  await page.keyboard.press("Space")
  expect(await focused()).toBe("Change: Number of people")
  await page.locator("text=Send").press("Enter")
  expect(await inPage("submitted")).toEqual([{ order: "A-2000", people: "4", wish: "refund", remark: "" }])
  const said = (await inPage("said()")) as { facts?: object; event?: object }[]
  expect(said.map(({ facts, event }) => facts ?? event)).toEqual([
    { name: "asked", fields: ["guests", "remark"] },
    { guests: 4 },
    { orderNumber: "A-2000" },
  ])
})

it("an unanswered yes-or-no is not sent, and the browser leads to it", async () => {
  await know({ orderNumber: "A-1042", guests: 4 })
  await inPage("age(7200000)")
  await page.locator("text=Send").click()
  expect(await inPage("submitted")).toEqual([])
  expect(await focused()).toBe("Yes: Number of people")
})

it("an input that no longer takes the known value comes back, with the browser's own message", async () => {
  await know({ orderNumber: "A-1042", guests: 4 })
  await page.evaluate("document.querySelector('[name=order]').pattern = 'B-.*'")
  await page.locator("text=Send").click()
  expect(await inPage("submitted")).toEqual([])
  expect(await page.locator("[name=order]").isVisible()).toBe(true)
  expect(await focused()).toBe("order")
})

it("what is put aside is neither seen nor reached, whatever the page's own styles say", async () => {
  await know({ guests: 4, wish: "refund" })
  expect(await page.locator("[name=people]").isVisible()).toBe(false)
  expect(await page.getByText("Another one").isVisible()).toBe(false)
  expect(await page.locator("[data-field=wish]").innerText()).toContain("What do you want: Money")
  const stops: unknown[] = []
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press("Tab")
    stops.push(await focused())
  }
  expect(stops).toEqual(["order", "Change: Number of people", "Change: What do you want", "remark", ""])
})

it("axe finds nothing against it: asked, known, to be confirmed, released", async () => {
  expect(await violations()).toEqual([])
  await know({ orderNumber: "A-1042", guests: 4, wish: "refund", remark: "Late arrival" })
  expect(await violations()).toEqual([])
  await inPage("age(7200000)")
  expect(await violations()).toEqual([])
  await inPage("guard.release()")
  expect(await violations()).toEqual([])
  expect(await page.locator("[data-field], [role=status]").count()).toBe(0)
})

it("a screen reader is told of what becomes known later", async () => {
  const status = page.locator("[role=status]")
  expect(await status.textContent()).toBe("")
  await know({ remark: "Late arrival" })
  expect(await status.textContent()).toBe("Remark: Late arrival")
})

it(`customer text is text, known and asked about, under a strict policy: ${renderingPayloads.length} payloads`, async () => {
  await page.route(served.url, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } })
  })
  await page.addInitScript(`
    window.harm = []
    window.pwned = () => window.harm.push("pwned")
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.harm.push(violatedDirective + blockedURI))`)
  await page.goto(served.url)
  for (const text of renderingPayloads) {
    await know({ remark: text })
    await inPage("age(7200000)")
    await page.locator("[data-field=remark]").hover({ force: true, timeout: 5_000 })
  }
  await inPage("guard.release()")
  expect(await page.evaluate("window.harm")).toEqual([])
  expect(asked.filter((what) => !what.startsWith(served.url) && !what.startsWith("data:"))).toEqual([])
}, 60_000)
