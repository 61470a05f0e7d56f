import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type PanelPage, startPanelPages, words } from "./open-panel.ts"

const minute = 60_000

let pages: Awaited<ReturnType<typeof startPanelPages>>
let panel: PanelPage
beforeAll(async () => {
  pages = await startPanelPages()
}, 60_000)
afterAll(() => pages?.close())
beforeEach(async () => {
  panel = await pages.open()
})
afterEach(() => panel.close())

describe("the agent sees", () => {
  it("each known fact with its age and source, the newest first", async () => {
    await panel.recordStory()
    expect(await words(panel.fact("orderNumber"))).toBe(
      "Order number Fresh A-1042 Customer · known from web chat, 2 min ago",
    )
    expect(await words(panel.fact("city"))).toBe(
      "City May be outdated Potsdam Customer · known from web shop, 1 hour ago",
    )
    expect(await words(panel.fact("visitDate"))).toContain("Too old to use Customer · known from email, 3 days ago")
    const order = await panel.page
      .locator("tellonce-panel .facts > li")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-field")))
    expect(order).toEqual(["intent", "orderNumber", "orderStatus", "city", "viewed", "visitDate"])
  })

  it("both sides of a conflict", async () => {
    await panel.recordStory()
    expect(await words(panel.fact("orderStatus"))).toBe(
      "Order status Conflicting delivered Customer · known from web chat, 7 min ago in transit System · known from orders, 12 min ago",
    )
  })

  it("a claimed link as a claim, beside the proven one", async () => {
    await panel.recordStory()
    const links = panel.page.locator("tellonce-panel .links li")
    const told = await links.evaluateAll((rows) => rows.map((row) => row.textContent.replace(/\s+/g, " ").trim()))
    expect(told).toEqual(["Email ada@example.com ✓ Verified", "Phone +49 30 901820 Claim, not proven"])
  })

  it("what was said and done, newest first, and what not to ask again", async () => {
    await panel.recordStory()
    const kinds = await panel
      .section("timeline")
      .locator(".timeline")
      .first()
      .locator("> li")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-kind")))
    expect(kinds).toEqual(["handoff", "message", "message", "promised", "asked", "tried"])
    const timeline = await words(panel.section("timeline"))
    expect(timeline).toContain("Bot · web chat · 3 min ago Asked for Order number")
    expect(timeline).toContain("Tried Printing the label (failed)")
    expect(timeline).toMatch(/Promised A call back today \(due Mar 17, 2030/)
    expect(timeline).toContain("Older (1)")
    expect(await panel.section("timeline").locator(".text").nth(1).textContent()).toBe(
      "The left shoe of A-1042 is torn.\nI want to send it back.",
    )
    expect(await panel.section("do-not-ask").locator("li").allTextContents()).toEqual([
      "Intent",
      "Order number",
      "Viewed",
    ])
  })

  it("what they want now, what to do next and what to take care of", async () => {
    await panel.recordStory()
    await panel.run("tellonce.panel.briefing = tellonce.briefing; await tellonce.panel.updateComplete")
    expect(await panel.section("wants").locator(".value").allTextContents()).toEqual(["return", "A-1042", "delivered"])
    expect(await words(panel.section("wants"))).toContain("Next step Offer a return label for the left shoe.")
    const care = await words(panel.section("attention"))
    expect(care).toContain("Do not Send survey A complaint is open. desk-1")
    expect(care).toContain("Do not Send promotion A return is open.")
    expect(care).toContain("Put right Order status They were told returned It is delivered")
    expect(care).toContain("Conflicting Order status")
    expect(care).toContain("Friction Printing the label")
    expect(await words(panel.section("matters"))).toContain("Return of trail shoes Return")
  })

  it("a handoff that waits, and none that has been answered or is for somebody else", async () => {
    await panel.recordStory()
    expect(await words(panel.section("handoff"))).toContain("Torn shoe, label does not print Bot · web chat · just now")
    await panel.run(`tellonce.panel.agent = "desk-2"; await tellonce.panel.updateComplete`)
    expect(await panel.section("handoff").count()).toBe(0)
    await panel.run(`tellonce.panel.agent = "desk-1"; await tellonce.panel.updateComplete`)
    expect(await panel.section("handoff").count()).toBe(1)
    await panel.record({ authority: "agent", event: { name: "taken", handoff: "ho-1" } })
    expect(await panel.section("handoff").count()).toBe(0)
  })

  it("whom the sidebar's host says this is, as a claim until it is proven", async () => {
    await panel.recordStory()
    const identities = [
      { kind: "zendesk.user", value: "100" },
      { kind: "email", value: "ada@example.com" },
      { kind: "email", value: "victim\u202emoc.elpmaxe@" },
    ]
    await panel.run(`
      tellonce.panel.subject = ${JSON.stringify({ displayName: "Ada Lovelace", identities })}
      await tellonce.panel.updateComplete
    `)
    const links = panel.page.locator("tellonce-panel .links li")
    const told = await links.evaluateAll((rows) => rows.map((row) => row.textContent.replace(/\s+/g, " ").trim()))
    expect(told).toEqual([
      "Email ada@example.com ✓ Verified",
      "Phone +49 30 901820 Claim, not proven",
      "Zendesk user 100 Claim, not proven",
      "Email victim⟨202E⟩moc.elpmaxe@ Claim, not proven",
    ])
    expect(await words(panel.page.locator("tellonce-panel h2"))).toBe("Ada Lovelace")
  })

  it("that a proven customer was found by a claim alone, unless the host's own id is proven to be theirs", async () => {
    await panel.recordStory()
    const own = { kind: "zendesk.user", value: "100" }
    const email = { kind: "email", value: "ada@example.com" }
    const warning = panel.page.locator("tellonce-panel .by-claim")
    expect(await warning.count()).toBe(0)
    await panel.run(`
      tellonce.panel.subject = ${JSON.stringify({ identities: [own, email] })}
      await tellonce.panel.updateComplete
    `)
    expect(await words(warning)).toBe("Found by a claim: whoever writes is not proven to be this customer.")
    await panel.record({ event: { name: "linked", to: own, proof: "verified" } })
    expect(await warning.count()).toBe(0)
  })

  it("what is claimed of somebody whose context is not opened", async () => {
    await panel.run(`
      tellonce.panel.context = undefined
      tellonce.panel.subject = { displayName: "Ada Lovelace", identities: [{ kind: "email", value: "ada@example.com" }] }
      await tellonce.panel.updateComplete
    `)
    expect(await words(panel.page.locator("tellonce-panel .panel"))).toBe(
      "Ada Lovelace Email ada@example.com Claim, not proven Not identified yet",
    )
  })

  it("that nobody is selected, and that nothing is known yet", async () => {
    expect(await words(panel.page.locator("tellonce-panel .panel"))).toContain("Not identified yet")
    expect(await words(panel.page.locator("tellonce-panel .panel"))).toContain("Nothing yet.")
    await panel.run("tellonce.panel.context = undefined; await tellonce.panel.updateComplete")
    expect(await words(panel.page.locator("tellonce-panel .panel"))).toContain("No customer is selected.")
  })
})

describe("the agent's script", () => {
  it("does not ask what is known, confirms what may be outdated, and asks the rest as declared", async () => {
    await panel.recordStory()
    expect(await words(panel.line("orderNumber"))).toMatch(
      /^✓ Known: Order number A-1042 known from web chat, 2 min ago$/,
    )
    expect(await words(panel.line("city"))).toContain("Is your city still Potsdam?")
    expect(await words(panel.line("visitDate"))).toContain("When would you like to come?")
    expect(await panel.page.locator("tellonce-panel q").allTextContents()).not.toContain("What is your order number?")
  })

  it("stops asking in the moment the customer says it elsewhere, though the answers are older", async () => {
    await panel.run(`
      tellonce.panel.script = ["orderNumber"]
      tellonce.panel.answers = { orderNumber: { answer: "ask", reason: "unknown", question: "What is your order number?" } }
    `)
    expect(await panel.line("orderNumber").getAttribute("data-answer")).toBe("ask")
    await panel.record({ facts: { orderNumber: "A-1042" } })
    expect(await panel.line("orderNumber").getAttribute("data-answer")).toBe("skip")
  })

  it("asks the guard it is given, for the matter at hand", async () => {
    await panel.run(`
      tellonce.panel.script = ["orderNumber"]
      tellonce.panel.matter = "return-2"
      tellonce.panel.answers = (fields, { matter }) =>
        ({ [fields[0]]: { answer: "ask", reason: "other_matter", question: "Which order, for " + matter + "?" } })
    `)
    expect(await words(panel.line("orderNumber"))).toContain("Which order, for return-2?")
  })
})

describe("the panel is live", () => {
  it("it shows a change within the task that made it", async () => {
    const seen = await panel.run(`
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
    await panel.page.clock.install()
    await panel.page.goto(panel.url)
    await panel.record({ facts: { orderNumber: "A-1042" } })
    const age = () => panel.fact("orderNumber").locator(".meta").textContent()
    expect(await age()).toContain("just now")
    await panel.page.clock.runFor(2 * minute + 2_000)
    expect(await age()).toContain("2 min ago")
    const turn = (state: string) =>
      panel.run(`
        Object.defineProperty(document, "visibilityState", { configurable: true, value: "${state}" })
        document.dispatchEvent(new Event("visibilitychange"))
        await tellonce.panel.updateComplete
      `)
    await turn("hidden")
    await panel.page.clock.runFor(3 * minute)
    expect(await age()).toContain("2 min ago")
    await turn("visible")
    expect(await age()).toContain("5 min ago")
  })

  it("a new fact is highlighted for a moment and announced; what was there before is not", async () => {
    await panel.page.clock.install()
    await panel.page.goto(panel.url)
    await panel.record({ facts: { city: "Potsdam" } })
    await panel.run("tellonce.panel.remove(); document.querySelector('main').append(tellonce.panel)")
    await panel.record({ facts: { orderNumber: "A-1042" } })
    const changed = panel.page.locator("tellonce-panel [data-changed]")
    expect(await changed.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-field")))).toEqual([
      "orderNumber",
    ])
    expect(await panel.page.locator("tellonce-panel [role=status]").textContent()).toBe("Order number: A-1042")
    await panel.page.clock.runFor(6_000)
    expect(await changed.count()).toBe(0)
    expect(await panel.page.locator("tellonce-panel [role=status]").textContent()).toBe("Order number: A-1042")
  })

  it("it leaves the context it no longer shows", async () => {
    const counts = await panel.run(`
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
    await panel.record({ facts: { orderNumber: "A-1042" } })
    await panel.run(`
      const later = Date.now() + 3_600_000
      tellonce.panel.now = () => later
      tellonce.panel.labels = { known: "Jetzt bekannt", knownFrom: ({ channel, age }) => "aus " + channel + " vor " + Math.floor(age / 6e4) + " min" }
      await tellonce.panel.updateComplete
    `)
    expect(await panel.section("known").locator("h3").textContent()).toBe("Jetzt bekannt")
    expect(await words(panel.fact("orderNumber"))).toMatch(/aus web-chat vor (59|60) min/)
  })
})
