import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type PanelPage, startPanelPages } from "./open-panel.ts"
import { renderingPayloads } from "./rendering-payloads.fixture.ts"

/** Nothing but our own script: no inline style or script, no markup made from text but by lit's own templates. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'none'",
  "img-src data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ")

let pages: Awaited<ReturnType<typeof startPanelPages>>
beforeAll(async () => {
  pages = await startPanelPages()
}, 60_000)
afterAll(() => pages?.close())

/** A page under that policy, which counts what it has kept from happening. */
const openStrict = async (prepare: (page: Page) => Promise<unknown> = async () => undefined) => {
  const dialogs: string[] = []
  const errors: string[] = []
  const panel = await pages.open(async (page) => {
    await page.route(pages.served.url, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } })
    })
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    page.on("pageerror", (error) => errors.push(error.message))
    await page.addInitScript(`
      window.violated = []
      window.pwnings = 0
      window.pwned = () => { window.pwnings += 1; alert("pwned") }
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
        window.violated.push(violatedDirective + " " + blockedURI + " " + sourceFile))
    `)
    await prepare(page)
  })
  return { panel, dialogs, errors }
}

const harm = async ({ panel, dialogs, errors }: Awaited<ReturnType<typeof openStrict>>): Promise<Harm> => ({
  dialogs,
  errors,
  elsewhere: panel.requested.filter((url) => url.protocol !== "data:" && url.origin !== new URL(panel.url).origin),
  navigated: panel.page.url() !== panel.url,
  ...(await panel.run<Pick<Harm, "violated" | "pwnings">>(
    "return { violated: window.violated, pwnings: window.pwnings }",
  )),
})

interface Harm {
  readonly dialogs: readonly string[]
  readonly errors: readonly string[]
  readonly elsewhere: readonly URL[]
  readonly navigated: boolean
  readonly violated: readonly string[]
  readonly pwnings: number
}

const none: Harm = { dialogs: [], errors: [], elsewhere: [], navigated: false, violated: [], pwnings: 0 }

/** Says one text in every place that a customer, or somebody in their name, can write to. */
const sayEverywhere = async (panel: PanelPage, text: string) => {
  const short = text.slice(0, 120)
  const say = (rest: object) => panel.record({ ...rest })
  await say({
    facts: { orderNumber: text, intent: text, viewed: [text] },
    event: { name: "message", text, subject: short },
  })
  await say({ speaker: short, matter: short, event: { name: "opened", kind: short, title: short } })
  for (const kind of ["user", "email"]) {
    await say({ event: { name: "linked", to: { kind, value: text.slice(0, 300) }, proof: "claimed" } })
  }
  await say({
    authority: "bot",
    event: { name: "told", facts: { orderNumber: `${text} told`, [text.slice(0, 60)]: text } },
  })
  await say({ authority: "bot", event: { name: "asked", fields: [text.slice(0, 60)] } })
  await say({ authority: "agent", event: { name: "promised", what: text.slice(0, 480) } })
  await say({ authority: "bot", event: { name: "tried", what: text.slice(0, 480), outcome: "failed" } })
  await say({ authority: "bot", event: { name: "held", hold: short, action: short, reason: short, owner: short } })
  await say({ authority: "bot", event: { name: "handed", handoff: short, to: short, reason: short } })
  await say({ channel: text.slice(0, 60), source: "s", facts: { city: text } })
  await panel.run(`
    const text = ${JSON.stringify(text)}
    Object.assign(tellonce.panel, {
      desk: tellonce.desk,
      agent: undefined,
      script: ["orderNumber", "city"],
      answers: { city: { answer: "ask", reason: "unknown", question: text } },
      briefing: { ...tellonce.briefing, nextStep: () => text },
      subject: { displayName: text, identities: [{ kind: "email", value: text }, { kind: "user", value: "x" + text }] },
    })
    await tellonce.panel.updateComplete
    for (const fold of tellonce.panel.shadowRoot.querySelectorAll("details")) fold.open = true
    for (const button of tellonce.panel.shadowRoot.querySelectorAll("[data-correct]")) { button.click(); await tellonce.panel.updateComplete }
  `)
}

it("there are at least 120 payloads, no two alike", () => {
  expect(renderingPayloads.length).toBeGreaterThanOrEqual(120)
  expect(new Set(renderingPayloads).size).toBe(renderingPayloads.length)
})

it("the page would notice: what the payloads want is counted when it happens", async () => {
  const strict = await openStrict()
  await strict.panel.run(`
    const image = document.createElement("img")
    image.src = "https://evil.example/stolen.png"
    document.body.append(image)
    try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>") } catch {}
    const style = document.createElement("style")
    style.textContent = "b { color: red }"
    document.body.append(style)
    pwned()
    await new Promise((loaded) => setTimeout(loaded, 100))
  `)
  const { dialogs, violated, pwnings } = await harm(strict)
  expect([dialogs.length, pwnings]).toEqual([1, 1])
  expect(violated.map((one) => one.split(" ")[0]).sort()).toEqual([
    "img-src",
    "require-trusted-types-for",
    "style-src-elem",
  ])
  await strict.panel.close()
}, 30_000)

describe("what a customer writes is shown as text, under a strict policy", () => {
  const lots = Array.from({ length: Math.ceil(renderingPayloads.length / 25) }, (_, lot) =>
    renderingPayloads.slice(lot * 25, lot * 25 + 25),
  )

  it.each(lots.map((payloads, lot) => [lot * 25 + 1, payloads] as const))(
    "payloads from %i on: nothing runs, nothing is fetched, nothing is refused by the policy",
    async (_, payloads) => {
      const strict = await openStrict()
      const { panel } = strict
      for (const payload of payloads) {
        await sayEverywhere(panel, payload)
        const shown = await panel.run<{ text: string; foreign: readonly string[]; handlers: readonly string[] }>(`
          const root = tellonce.panel.shadowRoot
          const all = [...root.querySelectorAll("*")]
          const ours = new Set(${JSON.stringify(ours)})
          return {
            text: root.querySelector(".next bdi").textContent,
            foreign: all.map(({ localName }) => localName).filter((name) => !ours.has(name)),
            handlers: all.flatMap((element) => element.getAttributeNames())
              .filter((name) => /^(on|src|href|style|srcset|action|formaction|data$|poster)/.test(name)),
          }
        `)
        expect(shown, JSON.stringify(payload.slice(0, 80))).toEqual({ text: payload, foreign: [], handlers: [] })
      }
      // A tick of the clock later, when all that could load or run has.
      await panel.run("await new Promise((later) => setTimeout(later, 50))")
      expect(await harm(strict)).toEqual(none)
      await panel.close()
    },
    120_000,
  )
})

/** The elements that the panel is made of: whatever else stands in it has come from outside. */
const ours = [
  ..."b bdi button datalist details div form h2 h3 header input label li ol option p q section select span summary textarea ul".split(
    " ",
  ),
]

it("an identity cannot pass for another by what cannot be seen", async () => {
  const { panel } = await openStrict()
  const to = { kind: "email", value: "ada@example.com\u202e\u200b" }
  await panel.record({ event: { name: "linked", to, proof: "claimed" } })
  await panel.run("await tellonce.panel.updateComplete")
  expect(await panel.page.locator("tellonce-panel .identity").textContent()).toBe("ada@example.com⟨202E⟩⟨200B⟩")
  await panel.close()
})

it("a long text is folded, and is there in full for whoever unfolds it", async () => {
  const { panel } = await openStrict()
  const text = "word ".repeat(390)
  await panel.record({ event: { name: "message", text } })
  await panel.run("await tellonce.panel.updateComplete")
  const texts = await panel.section("timeline").locator(".text").allTextContents()
  expect(texts.map((shown) => shown.length)).toEqual([601, text.length])
  expect(await panel.section("timeline").locator("details[open]").count()).toBe(0)
  await panel.close()
})
