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

/** Acts of the desk that are answered by `answer`, by their names. */
const slowly = (...acts: readonly string[]) =>
  panel.run(`
    window.waiting = {}
    const slow = (name) => [name, () => new Promise((done, failed) => { waiting[name] = { done, failed } })]
    tellonce.panel.desk = { ...tellonce.desk, ...Object.fromEntries(${JSON.stringify(acts)}.map(slow)) }
    await tellonce.panel.updateComplete
  `)
const answer = (act: string, how: "done" | "failed") =>
  panel.run(`
    waiting.${act}.${how}(new Error("on purpose"))
    await new Promise((later) => setTimeout(later))
    await tellonce.panel.updateComplete
  `)
const status = () => panel.page.locator("tellonce-panel [role=status]").textContent()

it("what was done to one customer keeps nothing waiting, shows nothing and ends nothing with the next", async () => {
  await slowly("correct", "hold")
  await button("Correct City").click()
  await button("Save").click()
  await panel.page.getByText("Hold an action").click()
  await panel.page.getByLabel("Action").fill("sendPromotion")
  await panel.page.getByLabel("Reason").fill("Wait.")
  await button("Hold").click()
  await turn()
  await button("Correct City").click()
  await panel.page.getByText("Hold an action").click()
  expect(await button("Hold").getAttribute("aria-disabled")).toBe(null)
  await answer("correct", "done")
  await answer("hold", "failed")
  expect(await panel.page.getByLabel("New value").count()).toBe(1)
  expect(await panel.page.locator("tellonce-panel .failure").count()).toBe(0)
  expect(await status()).toBe("")
})

it("what has failed is not shown with the next customer", async () => {
  await slowly("hold")
  await panel.page.getByText("Hold an action").click()
  await panel.page.getByLabel("Action").fill("sendPromotion")
  await panel.page.getByLabel("Reason").fill("Wait.")
  await button("Hold").click()
  await answer("hold", "failed")
  expect(await panel.page.locator("tellonce-panel .failure").count()).toBe(1)
  await turn()
  expect(await panel.page.locator("tellonce-panel .failure").count()).toBe(0)
})
