import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type PanelPage, startPanelPages, words } from "./open-panel.ts"

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
const done = () => panel.run<readonly unknown[]>("return tellonce.done")
const status = () => panel.page.locator("tellonce-panel [role=status]").textContent()
const focused = () =>
  panel.run<string>(`
    const { activeElement } = tellonce.panel.shadowRoot
    return activeElement?.dataset.correct ?? activeElement?.name ?? activeElement?.localName
  `)

describe("an agent, with the mouse", () => {
  it("accepts a handoff, which then waits no more", async () => {
    await button("Accept").click()
    expect(await done()).toEqual([["accept", "ho-1"]])
    expect(await panel.section("handoff").count()).toBe(0)
    expect(await status()).toBe("Done")
    expect(await words(panel.section("timeline"))).toContain("Accepted the handoff")
  })

  it("declines one", async () => {
    await button("Decline").click()
    expect(await done()).toEqual([["decline", "ho-1"]])
  })

  it("tells the customer what is so, and it need not be put right any more", async () => {
    expect(await words(panel.section("attention"))).toContain("Put right")
    await button(/I told them/).click()
    expect(await done()).toEqual([["told", { orderStatus: "delivered" }]])
    expect(await words(panel.section("attention"))).not.toContain("Put right")
  })

  it("releases a hold and places one", async () => {
    await button(/Release/).click()
    await panel.page.getByText("Hold an action").click()
    await panel.page.getByLabel("Action").fill("sendPromotion")
    await panel.page.getByLabel("Reason").fill("  Wait for the refund.  ")
    expect(await panel.page.getByLabel("For").locator("option").allTextContents()).toEqual([
      "1 hour",
      "1 day",
      "7 days",
      "until released",
    ])
    await button("Hold").click()
    const [released, held] = (await done()) as readonly (readonly unknown[])[]
    expect(released).toEqual(["release", "h1"])
    expect(held?.slice(0, 3)).toEqual(["hold", "sendPromotion", "Wait for the refund."])
    expect(Math.round((Number(held?.[3]) - Date.now()) / 3_600_000)).toBe(24)
    expect(await words(panel.section("attention"))).toMatch(
      /Do not Send promotion Wait for the refund\. desk-1 · until /,
    )
  })

  it("is told when it has not worked, and can try again", async () => {
    await panel.run(
      `tellonce.refuse(Object.assign(new Error("The hold has ended."), { family: "tellonce.error", code: "x" }))`,
    )
    await button(/Release/).click()
    expect(await words(panel.section("attention"))).toContain("That did not work. The hold has ended.")
    expect(await status()).toBe("That did not work")
    await panel.run("tellonce.refuse(undefined)")
    await button(/Release/).click()
    expect(await done()).toEqual([["release", "h1"]])
  })

  it("is told of a failure for as long as what has failed is in sight, and not when it comes again", async () => {
    await panel.run(`tellonce.refuse(new Error("on purpose"))`)
    const failures = () => panel.page.locator("tellonce-panel .failure").count()
    await button("Correct City").click()
    await button("Save").click()
    await expect.poll(failures).toBe(1)
    await button("Cancel").click()
    await button("Correct City").click()
    expect(await failures()).toBe(0)
    await button(/I told them/).click()
    await expect.poll(failures).toBe(1)
    const tell = (orderStatus: string) =>
      panel.record({ authority: "bot", event: { name: "told", facts: { orderStatus } } })
    await tell("delivered")
    await expect.poll(failures).toBe(0)
    await tell("returned")
    await button(/I told them/).waitFor()
    expect(await failures()).toBe(0)
  })

  it("is offered only what the desk can do", async () => {
    await panel.run("tellonce.panel.desk = {}; await tellonce.panel.updateComplete")
    expect(await panel.page.locator("tellonce-panel").getByRole("button").count()).toBe(0)
  })
})

describe("an agent, with the keyboard alone", () => {
  const tabTo = async (correct: string) => {
    for (let presses = 0; presses < 40; presses += 1) {
      await panel.page.keyboard.press("Tab")
      if ((await focused()) === correct) return
    }
    throw new Error(`No way by Tab to ${correct}.`)
  }

  it("corrects a fact, and the focus comes back to where it was", async () => {
    await tabTo("city")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("value")
    await panel.page.keyboard.type("Berlin")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("city")
    expect(await done()).toEqual([["correct", "city", "Berlin"]])
    expect(await words(panel.fact("city"))).toContain("City Fresh Berlin")
  })

  it("leaves the correction with Escape, and nothing has happened", async () => {
    await tabTo("city")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("value")
    await panel.page.keyboard.press("Escape")
    await expect.poll(focused).toBe("city")
    expect(await done()).toEqual([])
    expect(await panel.page.locator("tellonce-panel input[name=value]").count()).toBe(0)
  })

  it("a value of another kind is not sent", async () => {
    await panel.record({ facts: { guests: 4 } })
    await tabTo("guests")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("value")
    await panel.page.keyboard.type("many")
    await panel.page.keyboard.press("Enter")
    expect(await done()).toEqual([])
    await panel.page.keyboard.press("Control+A")
    await panel.page.keyboard.type("5")
    await panel.page.keyboard.press("Enter")
    await expect.poll(done).toEqual([["correct", "guests", 5]])
  })

  it("corrects a text of several lines, which stay lines", async () => {
    await panel.record({ facts: { intent: "Return the shoes.\nKeep the socks." } })
    await tabTo("intent")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("value")
    await panel.page.keyboard.press("ArrowRight")
    await panel.page.keyboard.press("Enter")
    await panel.page.keyboard.type("Thanks.")
    await panel.record({ facts: { intent: "browse" } })
    await button("Save").click()
    const typed = "Return the shoes.\nKeep the socks.\nThanks."
    await expect.poll(done).toEqual([["correct", "intent", typed]])
  })

  it("what is being typed survives the ticks of the clock and news of the customer", async () => {
    await tabTo("city")
    await panel.page.keyboard.press("Enter")
    await expect.poll(focused).toBe("value")
    await panel.page.keyboard.type("Ber")
    for (const facts of [{ viewed: "Socks" }, { city: "Bonn" }, { guests: 2 }]) await panel.record({ facts })
    await panel.run("tellonce.panel.requestUpdate(); await tellonce.panel.updateComplete")
    expect(await focused()).toBe("value")
    await panel.page.keyboard.type("lin")
    expect(await panel.page.locator("tellonce-panel input[name=value]").inputValue()).toBe("Berlin")
    const order = () =>
      panel.page
        .locator("tellonce-panel .facts > li")
        .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-field")))
    expect(await order()).toEqual(["guests", "intent", "orderNumber", "orderStatus", "city", "viewed", "visitDate"])
    await panel.page.keyboard.press("Escape")
    await expect.poll(order).toEqual(["guests", "city", "viewed", "intent", "orderNumber", "orderStatus", "visitDate"])
  })
})
