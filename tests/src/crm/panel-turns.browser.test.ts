import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { type PanelPage, startPanelPages } from "./open-panel.ts"

let pages: Awaited<ReturnType<typeof startPanelPages>>
let panel: PanelPage
beforeAll(async () => {
  pages = await startPanelPages()
}, 60_000)
afterAll(() => pages?.close())
beforeEach(async () => {
  panel = await pages.open()
  await panel.recordStory()
  await panel.run("tellonce.panel.desk = tellonce.desk; await tellonce.panel.updateComplete")
})
afterEach(() => panel.close())

const button = (name: string | RegExp) => panel.page.getByRole("button", { name })
const turn = () =>
  panel.run(`
    const next = tellonce.openCustomer()
    next.record({ channel: "web-chat", facts: { city: "Bonn" } })
    tellonce.panel.context = next
    await tellonce.panel.updateComplete
  `)

it("what was typed about one customer does not stand with the next", async () => {
  await panel.page.getByText("Hold an action").click()
  await panel.page.getByLabel("Action").fill("sendPromotion")
  await panel.page.getByLabel("Reason").fill("Ada's flat has burnt down.")
  await button("Correct City").click()
  await panel.page.getByLabel("New value").fill("Berlin")
  await turn()
  expect(await panel.page.getByLabel("New value").count()).toBe(0)
  expect(await panel.page.locator("tellonce-panel details[open]").count()).toBe(0)
  await panel.page.getByText("Hold an action").click()
  expect(await panel.page.getByLabel("Action").inputValue()).toBe("")
  expect(await panel.page.getByLabel("Reason").inputValue()).toBe("")
})

it("what was typed stays while the panel is moved in its page", async () => {
  await panel.page.getByText("Hold an action").click()
  await panel.page.getByLabel("Reason").fill("Wait for the refund.")
  await panel.run(`
    tellonce.panel.remove()
    await tellonce.panel.updateComplete
    document.querySelector("main").append(tellonce.panel)
    await tellonce.panel.updateComplete
  `)
  expect(await panel.page.getByLabel("Reason").inputValue()).toBe("Wait for the refund.")
})
