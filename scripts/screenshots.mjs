// `npm run screenshots`: plays the story in the running demo and leaves its pictures in docs/screenshots.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { chromium } from "playwright-core"
import upng from "upng-js"
import { findChromium } from "./chromium.mjs"
import { install, root } from "./install.mjs"

const pictures = `${root}docs/screenshots/`
/** In bytes: pictures are read on a web page, and are kept in the repository. */
const largest = 200_000

const startShop = async (data) => {
  const flags = ["--conditions=@tellonce/source", "--import", "tsx", "examples/shop/src/main.ts"]
  const env = { ...process.env, PORT: "0", DATA: data }
  const child = spawn(process.execPath, flags, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] })
  let said = ""
  for await (const chunk of child.stdout) {
    said += chunk
    const [, url] = /^ready (\S+)$/m.exec(said) ?? []
    if (url) return { child, url }
  }
  throw new Error(`The shop ended before it was ready: ${said}`)
}

/** In 256 colours, which is what pages with few pictures have. */
const compressed = (png) => {
  const picture = upng.decode(png)
  return Buffer.from(upng.encode(upng.toRGBA8(picture), picture.width, picture.height, 256))
}

const shoot = async (page, name) => {
  // The highlight of what has just changed fades after four seconds.
  await page.waitForTimeout(4_500)
  const picture = compressed(await page.screenshot())
  writeFileSync(`${pictures}${name}.png`, picture)
  console.log(`docs/screenshots/${name}.png ${Math.round(picture.length / 1_000)} kB`)
  if (picture.length > largest) throw new Error(`${name}.png is over ${largest / 1_000} kB. Show less in it.`)
}

const panelOf = (page, crm) => page.frameLocator(`iframe[title="Tellonce in ${crm}"]`).locator("tellonce-panel")

const playStory = async (page) => {
  await page.getByText("Signed in as Ada").waitFor()
  await page.getByRole("button", { name: /^Order A-1042/ }).click()
  await page.locator("deep-chat").getByText("Would you like a refund or a replacement?").waitFor()
  await page.getByRole("button", { name: "Where is my order?" }).click()
  await page.locator("deep-chat").getByText("is in transit").waitFor()
  await page.getByRole("button", { name: "Send by SMTP" }).click()
  await page.locator("#mails li", { hasText: "Acme support" }).waitFor()
  await shoot(page, "story")

  await page.getByRole("button", { name: "Announce a delay" }).click()
  await page.locator("deep-chat").getByText("I have to correct").waitFor()
  await page.getByRole("button", { name: "Send a promotion" }).click()
  await page.getByText("Held. A complaint is open.").waitFor()
  await shoot(page, "delay")
}

const lookAround = async (page) => {
  await page.emulateMedia({ colorScheme: "dark" })
  await page.reload()
  await page.getByText("Signed in as Ada").waitFor()
  await page.getByRole("tab", { name: "useChat" }).click()
  await page.getByRole("tab", { name: "Chatwoot" }).click()
  await panelOf(page, "Chatwoot").getByText("A-1042").first().waitFor()
  await page.getByRole("button", { name: "Where is my order?" }).click()
  await page.locator(".use-chat").getByText("is delayed").first().waitFor()
  await shoot(page, "dark")

  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await page.getByText("Signed in as Ada").waitFor()
  await page.getByRole("tab", { name: "Web Chat" }).click()
  await page.locator("#chat-tabs-web-chat").getByText("Hello!").first().waitFor()
  await page.getByRole("button", { name: "Where is my order?" }).click()
  await page.locator("#chat-tabs-web-chat").getByText("is delayed").first().waitFor()
  await page.locator("#chat-title").evaluate((title) => scrollTo(0, title.getBoundingClientRect().top - 16))
  await shoot(page, "phone")
}

install()
mkdirSync(pictures, { recursive: true })
const data = mkdtempSync(`${tmpdir()}/tellonce-pictures-`)
const { child, url } = await startShop(data)
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"], headless: true })
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  page.on("pageerror", (error) => console.error(error))
  await page.goto(url)
  await playStory(page)
  await lookAround(page)
} finally {
  await browser.close()
  const ended = once(child, "exit")
  child.kill()
  await ended
  rmSync(data, { recursive: true, force: true })
}
