import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { type ServedPage, servePage } from "../serve-page.ts"

let browser: Browser
let served: ServedPage
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
  served = await servePage({ entry: new URL("./pages/react-form-page.ts", import.meta.url), body: "<main></main>" })
  page = await browser.newPage()
  await page.goto(served.url)
  await page.locator("form").waitFor()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

it("React hears of what is known, and of its going, in every input it controls", async () => {
  const nothing = { orderNumber: "", wish: "", size: "", news: false, remark: "" }
  const known = { orderNumber: "A-1042", wish: "replacement", size: "XL", news: true, remark: "Late arrival" }
  const held = () => page.evaluate("window.tellonce.held")
  await page.evaluate("window.guard = window.tellonce.guard()")
  expect(await held()).toEqual(nothing)
  await page.evaluate(`window.tellonce.know(${JSON.stringify(known)})`)
  await expect.poll(held).toEqual(known)
  expect(await page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")).toEqual({
    ...known,
    news: "on",
  })
  await page.evaluate("window.guard.release()")
  // No event says that a radio button is no longer chosen.
  await expect.poll(held).toEqual({ ...nothing, wish: "replacement" })
})
