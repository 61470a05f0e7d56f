import { mkdirSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type PanelPage, startPanelPages } from "./open-panel.ts"

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")
const screenshots = fileURLToPath(new URL("../../../.screenshots/", import.meta.url))

let pages: Awaited<ReturnType<typeof startPanelPages>>
beforeAll(async () => {
  pages = await startPanelPages()
  mkdirSync(screenshots, { recursive: true })
}, 60_000)
afterAll(() => pages?.close())

const looks = [
  { name: "light", colorScheme: "light", language: "en", direction: "ltr" },
  { name: "dark", colorScheme: "dark", language: "en", direction: "ltr" },
  { name: "german", colorScheme: "light", language: "de", direction: "ltr" },
  { name: "rtl", colorScheme: "light", language: "ar", direction: "rtl" },
] as const

/** All that WCAG 2.2 asks for at levels A and AA, as far as a program can tell. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

const violations = (panel: PanelPage) =>
  panel.run<readonly string[]>(`
    const { violations } = await axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ["violations"] })
    return violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html).join(" "))
  `)

describe.each(looks)("$name", ({ name, colorScheme, language, direction }) => {
  it.each([280, 360, 800])(
    "axe finds nothing against it, %i px wide, and nothing sticks out",
    async (width) => {
      const panel = await pages.open(async (page) => {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
        await page.setViewportSize({ width, height: 1_200 })
      })
      await panel.page.addStyleTag({
        content: ":root { color-scheme: light dark } body, h1 { margin: 0 }",
      })
      await panel.recordStory()
      await panel.run(`
        document.documentElement.lang = "${language}"
        document.documentElement.dir = "${direction}"
        Object.assign(tellonce.panel, {
          labels: tellonce.labels.${language},
          desk: tellonce.desk,
          briefing: tellonce.briefing,
          context: { ...tellonce.context, connection: () => "live" },
          subject: { displayName: "Ada Lovelace", identities: [{ kind: "zendesk.user", value: "100" }] },
        })
        await tellonce.panel.updateComplete
      `)
      await panel.record({ facts: { city: "Berlin" } })
      await panel.page.addScriptTag({ path: axe })
      // Three states: with the highlight of what has just come, at rest, and with every form open.
      expect(await panel.page.locator("tellonce-panel [data-changed]").count()).toBe(1)
      expect(await violations(panel)).toEqual([])
      await panel.run("tellonce.panel.now = () => Date.now() + 10_000; await tellonce.panel.updateComplete")
      const element = panel.page.locator("tellonce-panel")
      await element.screenshot({ path: `${screenshots}panel-${name}-${width}.png`, animations: "disabled" })
      expect(await violations(panel)).toEqual([])
      await panel.run(`
        tellonce.panel.shadowRoot.querySelector("[data-correct=orderNumber]").click()
        for (const fold of tellonce.panel.shadowRoot.querySelectorAll("details")) fold.open = true
        await tellonce.panel.updateComplete
      `)
      await element.screenshot({ path: `${screenshots}panel-${name}-${width}-open.png`, animations: "disabled" })
      expect(await violations(panel)).toEqual([])
      expect(await element.evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0)
      expect(await panel.run("return document.documentElement.scrollWidth")).toBeLessThanOrEqual(width)
      await panel.close()
    },
    60_000,
  )
})
