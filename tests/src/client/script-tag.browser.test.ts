import { readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { openStage, type Stage } from "./open-stage.ts"

let browser: Browser
let stage: Stage
let server: Server
let url: string

const client = new URL("../../../packages/client/", import.meta.url)
/** The snippet of the README, as it stands there. */
const snippet = () => /```html\n([\s\S]*?)```/.exec(readFileSync(new URL("README.md", client), "utf8"))?.[1] ?? ""

beforeAll(async () => {
  browser = await launchChromium()
  stage = await openStage()
  const script = await build({
    entryPoints: [fileURLToPath(new URL("src/script-tag.ts", client))],
    bundle: true,
    format: "iife",
    target: "es2022",
    conditions: ["@tellonce/source"],
    write: false,
  })
  const service = new URL(stage.pageUrl).searchParams.get("service") ?? ""
  const html = snippet()
    .replace(/src="[^"]*"/, 'src="/tellonce.iife.js"')
    .replace("https://context.example.com", service)
    .replace("pk_acme", "pk_for-the-tests")
  server = createServer((request, response) => {
    const isScript = request.url === "/tellonce.iife.js"
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html")
    response.end(isScript ? script.outputFiles[0]?.text : `<!doctype html><link rel="icon" href="data:,">${html}`)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}, 60_000)
afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await stage?.close()
})

it("what the page says before the script has come is told once it has, and what is wrong breaks nothing", async () => {
  const page = await browser.newPage()
  const uncaught: string[] = []
  page.on("pageerror", ({ message }) => uncaught.push(message))
  await page.goto(url)
  await expect.poll(() => stage.kept().then((kept) => kept.length), { timeout: 5_000 }).toBe(1)
  expect(await page.evaluate(`tellonce("view").intent.value`)).toBe("buy")
  await page.evaluate(`tellonce("no such command")`)
  await page.evaluate(`tellonce("tell", { intent: "dance" }, { channel: "page" })`)
  expect(await page.evaluate(`tellonce("counts").dropped`)).toEqual({ "fact/wrong_type": 1 })
  expect(uncaught).toEqual([])
}, 30_000)

it("a page that has the snippet and the script twice goes on with the first", async () => {
  const page = await browser.newPage()
  const wrong: string[] = []
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()))
  await page.goto(url)
  await expect.poll(() => page.evaluate(`tellonce("view")?.intent.value`)).toBe("buy")
  await page.addScriptTag({ url: "/tellonce.iife.js" })
  await page.evaluate(/<script>([\s\S]*?)<\/script>/.exec(snippet())?.[1] ?? "")
  expect(await page.evaluate(`tellonce("view").intent.value`)).toBe("buy")
  expect(wrong).toEqual([expect.stringContaining("It runs already.")])
  await page.evaluate(`tellonce("close")`)
  await page.evaluate(/tellonce\("start".*/.exec(snippet())?.[0] ?? "")
  await expect.poll(() => page.evaluate(`tellonce("status").connection`)).not.toBe("closed")
}, 30_000)
