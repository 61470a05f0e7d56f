import { mkdirSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { launchChromium } from "./chromium.ts"
import { type ServedPage, servePage } from "./serve-page.ts"

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")
const screenshots = fileURLToPath(new URL("../../.screenshots/", import.meta.url))
const minute = 60_000

let browser: Browser
let served: ServedPage
let page: Page
const requested: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
  served = await servePage({
    entry: new URL("./pages/panel-page.ts", import.meta.url),
    body: `<main style="inline-size: 340px"><h1>Desk</h1></main>`,
  })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  page = await browser.newPage()
  requested.length = 0
  page.on("request", (request) => requested.push(new URL(request.url()).pathname))
})
afterEach(() => page.close())

const inPage = <Result>(expression: string) => page.evaluate<Result>(`(async () => { ${expression} })()`)
const open = () => page.goto(served.url)
const record = (statement: object, ago = 0) =>
  inPage(`tellonce.context.record({ channel: "web-chat", at: Date.now() - ${ago}, ...${JSON.stringify(statement)} })`)
const fact = (field: string) => page.locator(`tellonce-panel .facts [data-field="${field}"]`)
const line = (field: string) => page.locator(`tellonce-panel .script [data-field="${field}"]`)
const words = async (locator: Locator) => (await locator.textContent())?.replace(/\s+/g, " ").trim()
const section = (name: string) => page.locator(`tellonce-panel section[aria-labelledby="${name}"]`)

/** A customer halfway through a return: something in every section. */
const recordStory = async () => {
  await record({ event: { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" } }, 9e6)
  await record({ event: { name: "linked", to: { kind: "phone", value: "+49 30 901820" }, proof: "claimed" } }, 8e6)
  await record({ channel: "email", facts: { visitDate: "2025-12-01" } }, 3 * 86_400_000)
  await record({ channel: "web-shop", facts: { city: "Potsdam", viewed: ["Trail shoes", "Rain jacket"] } }, 95 * minute)
  await record(
    { channel: "orders", source: "orders-db", authority: "record", facts: { orderStatus: "in transit" } },
    12 * minute,
  )
  await record({ facts: { orderStatus: "delivered" } }, 7 * minute)
  await record({ authority: "bot", event: { name: "asked", fields: ["orderNumber"] } }, 3 * minute)
  await record({ authority: "bot", event: { name: "told", facts: { orderStatus: "delivered" } } }, 6 * minute)
  await record(
    {
      matter: "return-1",
      facts: { orderNumber: "A-1042", intent: "return" },
      event: { name: "message", text: "The left shoe of A-1042 is torn.\nI want to send it back." },
    },
    2 * minute,
  )
  await record(
    { authority: "bot", event: { name: "message", text: "I am sorry. An agent will take over." } },
    1 * minute,
  )
  await inPage(`
    tellonce.panel.matter = "return-1"
    tellonce.panel.script = ["orderNumber", "city", "visitDate"]
    tellonce.panel.answers = { visitDate: { answer: "ask", reason: "expired", question: "When would you like to come?" } }
    await tellonce.panel.updateComplete
  `)
}

describe("the agent sees", () => {
  it("each known fact with its age and source, the newest first", async () => {
    await open()
    await recordStory()
    expect(await words(fact("orderNumber"))).toBe("Order number Fresh A-1042 Customer · known from web chat, 2 min ago")
    expect(await words(fact("city"))).toBe("City May be outdated Potsdam Customer · known from web shop, 1 hour ago")
    expect(await words(fact("visitDate"))).toContain("Too old to use Customer · known from email, 3 days ago")
    const order = await page
      .locator("tellonce-panel .facts > li")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-field")))
    expect(order).toEqual(["intent", "orderNumber", "orderStatus", "city", "viewed", "visitDate"])
  })

  it("both sides of a conflict", async () => {
    await open()
    await recordStory()
    expect(await words(fact("orderStatus"))).toBe(
      "Order status Conflicting delivered Customer · known from web chat, 7 min ago in transit System · known from orders, 12 min ago",
    )
  })

  it("a claimed link as a claim, beside the proven one", async () => {
    await open()
    await recordStory()
    const links = page.locator("tellonce-panel .links li")
    const told = await links.evaluateAll((rows) => rows.map((row) => row.textContent.replace(/\s+/g, " ").trim()))
    expect(told).toEqual(["Email ada@example.com ✓ Verified", "Phone +49 30 901820 Claim, not proven"])
  })

  it("what was asked, told and said, and what not to ask again", async () => {
    await open()
    await recordStory()
    expect(await words(section("history"))).toContain("Asked for Order number Bot · web chat · 3 min ago")
    expect(await words(section("history"))).toContain("Told Order status: delivered Bot · web chat · 6 min ago")
    expect(await section("messages").locator(".text").last().textContent()).toBe(
      "The left shoe of A-1042 is torn.\nI want to send it back.",
    )
    expect(await section("do-not-ask").locator("li").allTextContents()).toEqual(["Intent", "Order number", "Viewed"])
  })

  it("that nobody is selected, and that nothing is known yet", async () => {
    await open()
    expect(await words(page.locator("tellonce-panel .panel"))).toContain("Not identified yet")
    expect(await words(page.locator("tellonce-panel .panel"))).toContain("Nothing yet.")
    await inPage("tellonce.panel.context = undefined; await tellonce.panel.updateComplete")
    expect(await words(page.locator("tellonce-panel .panel"))).toContain("No customer is selected.")
  })
})

describe("the agent's script", () => {
  it("does not ask what is known, confirms what may be outdated, and asks the rest as declared", async () => {
    await open()
    await recordStory()
    expect(await words(line("orderNumber"))).toMatch(/^✓ Known: Order number A-1042 known from web chat, 2 min ago$/)
    expect(await words(line("city"))).toContain("Is your city still Potsdam?")
    expect(await words(line("visitDate"))).toContain("When would you like to come?")
    expect(await page.locator("tellonce-panel q").allTextContents()).not.toContain("What is your order number?")
  })

  it("stops asking in the moment the customer says it elsewhere, though the answers are older", async () => {
    await open()
    await inPage(`
      tellonce.panel.script = ["orderNumber"]
      tellonce.panel.answers = { orderNumber: { answer: "ask", reason: "unknown", question: "What is your order number?" } }
    `)
    expect(await line("orderNumber").getAttribute("data-answer")).toBe("ask")
    await record({ facts: { orderNumber: "A-1042" } })
    expect(await line("orderNumber").getAttribute("data-answer")).toBe("skip")
  })

  it("asks the guard it is given, for the matter at hand", async () => {
    await open()
    await inPage(`
      tellonce.panel.script = ["orderNumber"]
      tellonce.panel.matter = "return-2"
      tellonce.panel.answers = (fields, { matter }) =>
        ({ [fields[0]]: { answer: "ask", reason: "other_matter", question: "Which order, for " + matter + "?" } })
    `)
    expect(await words(line("orderNumber"))).toContain("Which order, for return-2?")
  })
})

describe("the panel is live", () => {
  it("it shows a change within the task that made it", async () => {
    await open()
    const seen = await inPage(`
      let nextTask = false
      setTimeout(() => { nextTask = true })
      tellonce.context.record({ channel: "web-chat", facts: { orderNumber: "A-1042" } })
      await tellonce.panel.updateComplete
      const text = tellonce.panel.shadowRoot.querySelector(".facts").textContent
      return { nextTask, shown: text.includes("A-1042") }
    `)
    expect(seen).toEqual({ nextTask: false, shown: true })
  })

  it("ages grow by themselves while it is visible, and are right again when it becomes so", async () => {
    await page.clock.install()
    await open()
    await record({ facts: { orderNumber: "A-1042" } })
    const age = () => fact("orderNumber").locator(".meta").textContent()
    expect(await age()).toContain("just now")
    await page.clock.runFor(2 * minute + 2_000)
    expect(await age()).toContain("2 min ago")
    const turn = (state: string) =>
      inPage(`
        Object.defineProperty(document, "visibilityState", { configurable: true, value: "${state}" })
        document.dispatchEvent(new Event("visibilitychange"))
        await tellonce.panel.updateComplete
      `)
    await turn("hidden")
    await page.clock.runFor(3 * minute)
    expect(await age()).toContain("2 min ago")
    await turn("visible")
    expect(await age()).toContain("5 min ago")
  })

  it("a new fact is highlighted for a moment and announced; what was there before is not", async () => {
    await page.clock.install()
    await open()
    await record({ facts: { city: "Potsdam" } })
    await inPage("tellonce.panel.remove(); document.querySelector('main').append(tellonce.panel)")
    await record({ facts: { orderNumber: "A-1042" } })
    const changed = page.locator("tellonce-panel [data-changed]")
    expect(await changed.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-field")))).toEqual([
      "orderNumber",
    ])
    expect(await page.locator("tellonce-panel [role=status]").textContent()).toBe("Order number: A-1042")
    await page.clock.runFor(6_000)
    expect(await changed.count()).toBe(0)
    expect(await page.locator("tellonce-panel [role=status]").textContent()).toBe("Order number: A-1042")
  })

  it("it leaves the context it no longer shows", async () => {
    await open()
    const counts = await inPage(`
      const { panel, subscribers } = tellonce
      const counts = [subscribers()]
      panel.remove()
      counts.push(subscribers())
      document.querySelector("main").append(panel)
      counts.push(subscribers())
      panel.context = undefined
      await panel.updateComplete
      return [...counts, subscribers()]
    `)
    expect(counts).toEqual([1, 0, 1, 0])
  })

  it("its words and its clock are the page's to choose", async () => {
    await open()
    await record({ facts: { orderNumber: "A-1042" } })
    await inPage(`
      const later = Date.now() + 3_600_000
      tellonce.panel.now = () => later
      tellonce.panel.labels = { known: "Jetzt bekannt", knownFrom: ({ channel, age }) => "aus " + channel + " vor " + Math.floor(age / 6e4) + " min" }
      await tellonce.panel.updateComplete
    `)
    expect(await section("known").locator("h3").textContent()).toBe("Jetzt bekannt")
    expect(await words(fact("orderNumber"))).toMatch(/aus web-chat vor (59|60) min/)
  })
})

it("a customer's markup stays text: nothing runs and nothing is fetched", async () => {
  await open()
  const attack = `<img src=/stolen onerror="window.pwned = 1"><script>window.pwned = 2</script></bdi>‮`
  await record({ facts: { orderNumber: attack }, event: { name: "message", text: attack, subject: attack } })
  await record({ event: { name: "linked", to: { kind: "user", value: attack }, proof: "claimed" } })
  await record({ authority: "bot", event: { name: "told", facts: { [attack.slice(0, 64)]: attack } } })
  await inPage(`tellonce.panel.script = ["orderNumber"]; await tellonce.panel.updateComplete`)
  expect(
    await section("messages")
      .locator(".text bdi")
      .evaluate((bdi) => bdi.textContent),
  ).toBe(attack)
  expect(await page.locator("tellonce-panel").locator("img, script").count()).toBe(0)
  expect(await inPage("return window.pwned")).toBeUndefined()
  expect(requested.sort()).toEqual(["/", "/page.js"])
})

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each([280, 480])(
    "axe finds nothing against it, %i px wide",
    async (width) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize({ width: width + 40, height: 1_400 })
      await open()
      await recordStory()
      await inPage(`document.querySelector("main").style.inlineSize = "${width}px"`)
      await page.addStyleTag({ content: ":root { color-scheme: light dark }" })
      await page.addScriptTag({ path: axe })
      // Two states: with the highlights of what has just come, and at rest.
      const violations = () =>
        inPage<readonly string[]>(`
        const { violations } = await axe.run(document, { resultTypes: ["violations"] })
        return violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html).join(" "))
      `)
      expect(await page.locator("tellonce-panel [data-changed]").count()).toBeGreaterThan(0)
      mkdirSync(screenshots, { recursive: true })
      await page.locator("tellonce-panel").screenshot({ path: `${screenshots}panel-${colorScheme}-${width}-news.png` })
      expect(await violations()).toEqual([])
      await inPage("tellonce.panel.now = () => Date.now() + 10_000; await tellonce.panel.updateComplete")
      expect(await page.locator("tellonce-panel [data-changed]").count()).toBe(0)
      await page
        .locator("tellonce-panel")
        .screenshot({ path: `${screenshots}panel-${colorScheme}-${width}.png`, animations: "disabled" })
      expect(await violations()).toEqual([])
      const overflow = await page.locator("tellonce-panel").evaluate((panel) => panel.scrollWidth - panel.clientWidth)
      expect(overflow).toBe(0)
    },
    30_000,
  )
})
