import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Locator, Page } from "playwright-core"
import { launchChromium } from "../chromium.ts"
import { type ShopProcess, startShop } from "./start-shop.ts"

export interface OpenShop {
  readonly page: Page
  readonly browser: Browser
  /** What the page threw. */
  readonly faults: readonly string[]
  url(): string
  smtpPort(): number
  /** Signed in as a customer of their own, with chat and desk in the page. */
  open(): Promise<void>
  /** The customer's address. */
  address(): Promise<string>
  /** The agent's panel in the frame of that CRM. */
  panel(crm?: "Zendesk" | "Chatwoot"): Locator
  /** Says it in deep-chat and answers with what the bot says; the dots it shows while thinking are no answer. */
  say(text: string): Promise<string>
  /** What the service knows of the customer, read with the secret key. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not trusted
  view(): Promise<any>
  /** kill -9, and a new start over the same data at the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** The whole demo in a process of its own, and a real browser before it. */
export const openShop = async (): Promise<OpenShop> => {
  const data = await mkdtemp(join(tmpdir(), "tellonce-shop-"))
  let shop: ShopProcess = await startShop(data)
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  const faults: string[] = []
  page.on("pageerror", (error) => faults.push(error.message))
  const address = async () =>
    /ada\.\w+@example\.com/.exec((await page.locator("#account").textContent()) ?? "")?.[0] ?? ""
  const answers = page.locator("deep-chat .ai-message-text:not(.loading-message-text)")
  return {
    page,
    browser,
    faults,
    address,
    url: () => shop.url,
    smtpPort: () => shop.smtpPort,
    async open() {
      await page.goto(shop.url)
      await page.getByText("Signed in as Ada").waitFor()
    },
    panel: (crm = "Zendesk") =>
      page.frameLocator(`iframe[title="Tellonce in ${crm}"]`).locator("tellonce-panel section.panel"),
    async say(text) {
      const before = await answers.count()
      await page.locator("deep-chat #text-input").fill(text)
      await page.locator("deep-chat #text-input").press("Enter")
      const answer = answers.nth(before).filter({ hasText: /\S/ })
      return ((await answer.textContent()) ?? "").trim()
    },
    async view() {
      const { secret } = JSON.parse(await readFile(join(data, "keys.json"), "utf8")) as { readonly secret: string }
      const path = `/v1/context?identity=email:${encodeURIComponent(await address())}`
      const response = await fetch(shop.url + path, { headers: { authorization: `Bearer ${secret}` } })
      return ((await response.json()) as { readonly view: unknown }).view
    },
    async restart() {
      const { port } = new URL(shop.url)
      await shop.kill()
      shop = await startShop(data, Number(port))
    },
    async close() {
      await browser.close()
      await shop.kill()
      await rm(data, { recursive: true, force: true })
    },
  }
}
