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

const focused = () =>
  panel.run<string>(`
    const { activeElement } = tellonce.panel.shadowRoot
    return activeElement === null ? "nothing" : (activeElement.textContent || activeElement.name).replace(/\\s+/g, " ").trim()
  `)
const focus = (selector: string) => panel.page.locator(`tellonce-panel ${selector}`).focus()
const press = (key: string) => panel.page.keyboard.press(key)
const done = () => panel.run<readonly unknown[]>("return tellonce.done")
const settled = () => panel.run("await new Promise((later) => setTimeout(later)); await tellonce.panel.updateComplete")

it("a button keeps the focus while it waits, is pressed once, and leaves it to the heading of its section", async () => {
  await panel.run(`
    const { release } = tellonce.desk
    tellonce.panel.desk = { ...tellonce.desk, release: (hold) => new Promise((done) => { window.go = () => done(release(hold)) }) }
    await tellonce.panel.updateComplete
  `)
  await focus("[data-hold] button")
  await press("Enter")
  await settled()
  expect(await focused()).toBe("Release Send survey")
  expect(await panel.page.locator("tellonce-panel [data-hold] button").getAttribute("aria-disabled")).toBe("true")
  await press("Enter")
  await panel.run("go()")
  await expect.poll(focused).toBe("Take care")
  expect(await done()).toEqual([["release", "h1"]])
})

it("where its section is gone, too, the focus is on the next one around it, at last on the customer", async () => {
  await focus("[data-act='accept ho-1']")
  await press("Enter")
  await expect.poll(focused).toBe("Take care")
  await panel.run("tellonce.panel.context = tellonce.openCustomer(); await tellonce.panel.updateComplete")
  expect(await focused()).toBe("Customer")
})

it("what is released leaves the focus to no other hold", async () => {
  await panel.record({
    event: { name: "held", hold: "h2", action: "refund", reason: "Under review.", owner: "desk-2" },
  })
  await focus("[data-hold] button >> nth=0")
  await press("Enter")
  await expect.poll(focused).toBe("Take care")
  await press("Enter")
  expect((await done()).length).toBe(1)
})

it("a row that moves up takes the focus with it", async () => {
  await focus("[data-correct=city]")
  await panel.record({ facts: { city: "Bonn" } })
  await settled()
  expect(await focused()).toBe("Correct City")
  await panel.record({ facts: { orderNumber: "A-1043" } })
  await settled()
  expect(await focused()).toBe("Correct City")
})

it("a hold that is placed leaves the focus where another would begin", async () => {
  await panel.page.getByText("Hold an action").click()
  await panel.page.getByLabel("Action").fill("sendPromotion")
  await panel.page.getByLabel("Reason").fill("Wait.")
  await press("Enter")
  await expect.poll(focused).toBe("Hold an action")
  expect((await done()).length).toBe(1)
})

it("a focus that has gone elsewhere meanwhile stays there", async () => {
  await panel.run(`
    const reply = document.createElement("input")
    reply.id = "reply"
    document.querySelector("main").append(reply)
  `)
  await panel.page.getByRole("button", { name: "Correct City" }).click()
  await panel.page.locator("#reply").focus()
  await panel.run(`
    tellonce.panel.shadowRoot.querySelector("form.correction").requestSubmit()
    await new Promise((later) => setTimeout(later))
    await tellonce.panel.updateComplete
  `)
  expect((await done()).length).toBe(1)
  expect(await panel.run("return document.activeElement.id")).toBe("reply")
})
