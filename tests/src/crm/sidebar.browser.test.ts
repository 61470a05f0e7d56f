import { createServer, type Server } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { verifyZendeskToken } from "@tellonce/crm/server"
import { createMemoryStore, createTellonce, type Served, serve, type Tellonce } from "@tellonce/node"
import { build } from "esbuild"
import { exportSPKI, generateKeyPair, SignJWT } from "jose"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { launchChromium } from "../chromium.ts"
import { deskOf, keys } from "../service-under-test.ts"
import { shop } from "./pages/zendesk-context.ts"

const audience = "https://shop.zendesk.com/api/v2/apps/installations/9.json"
const sdk = createRequire(new URL("../../../packages/crm/package.json", import.meta.url)).resolve(
  "zendesk_app_framework_sdk",
)

let browser: Browser
let tellonce: Tellonce<typeof shop.fields>
let service: Served
let app: Served
let zendesk: Served
let refused = 0

const bundle = async (entry: string, globalName?: string): Promise<string> => {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    format: globalName ? "iife" : "esm",
    ...(globalName && { globalName }),
    conditions: ["@tellonce/source"],
    write: false,
    logLevel: "error",
  })
  return built.outputFiles[0]?.text ?? ""
}

const listen = async (server: Server): Promise<Served> => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    // Each port is an origin of its own, and this name another site than the service's.
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  } as Served
}

/** The company's server: the page under a strict policy, with a token for Zendesk's proof. */
const serveApp = async (publicKey: string, proof: () => Promise<string>): Promise<Served> => {
  const page = await bundle(fileURLToPath(new URL("./pages/zendesk-page.ts", import.meta.url)))
  const client = await bundle(sdk, "ZAFClient")
  return listen(
    createServer(async (request, response) => {
      const [path] = (request.url ?? "").split("?")
      if (path === "/page.js" || path === "/zaf.js") {
        response.setHeader("content-type", "text/javascript").end(path === "/page.js" ? page : client)
      } else {
        const proven = await verifyZendeskToken({ token: await proof(), publicKey, audience, now: Date.now() + later })
        if (!proven.ok) refused += 1
        const granted = proven.ok && proven.agent?.id === "77"
        const { token } = granted ? await tellonce.issueToken({ kind: "agent", agent: "desk-1" }) : { token: "none" }
        const start = JSON.stringify({ url: service.url, token }).replaceAll('"', "&quot;")
        const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ${service.url}; img-src data:; frame-ancestors ${zendesk.url}; require-trusted-types-for 'script'; trusted-types lit-html`
        response
          .setHeader("content-type", "text/html")
          .setHeader("content-security-policy", policy)
          .end(`<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Tellonce</title>
            <meta name="start" content="${start}"><main></main><script src="/zaf.js"></script><script type="module" src="/page.js"></script>`)
      }
    }),
  )
}

/** Zendesk's page: it answers the SDK in its frame, and `requester` is whom the ticket is of. */
const hostPage = `<!doctype html><title>Zendesk</title><link rel="icon" href="data:,"><body><script>
  let requester = { id: 100, name: "Ada Lovelace", email: "victim@example.com" }
  const say = (message) => document.querySelector("iframe").contentWindow.postMessage(JSON.stringify(message), "*")
  addEventListener("message", ({ data }) => {
    const { id, key, request } = JSON.parse(data)
    if (key === "iframe.handshake") say({ key: "zaf.app.registered", message: { metadata: {}, context: {} } })
    if (request === "get") say({ id, result: { errors: {}, "ticket.requester": requester } })
  })
  window.turnTo = (next) => { requester = next; say({ key: "zaf.ticket.requester.id.changed", message: "" }) }
  window.load = (url) => {
    const frame = document.createElement("iframe")
    frame.src = url + "/?app_guid=G&origin=" + encodeURIComponent(location.origin)
    frame.width = 380
    frame.height = 900
    document.body.append(frame)
  }
</script>`

let proofOf = "77"
/** How much later than the page was loaded it is by the clock of the company's server. */
let later = 0

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
  const store = createMemoryStore()
  zendesk = await listen(
    createServer((_request, response) => response.setHeader("content-type", "text/html").end(hostPage)),
  )
  app = await serveApp(await exportSPKI(publicKey), () =>
    new SignJWT({ sub: `https://shop.zendesk.com/api/v2/users/${proofOf}.json` })
      .setProtectedHeader({ alg: "RS256" })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey),
  )
  const access = { agents: [deskOf("desk-1")] }
  tellonce = createTellonce({ context: shop, store, keys, access })
  service = await serve(tellonce)
  browser = await launchChromium()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all([service?.close(), app?.close(), zendesk?.close()])
})

const open = async (): Promise<Page> => {
  const page = await browser.newPage()
  await page.goto(zendesk.url)
  await page.evaluate(`load(${JSON.stringify(app.url)})`)
  return page
}
const state = (value: string, facts: Readonly<Record<string, string>>) =>
  tellonce.record([
    { identity: { kind: "zendesk.user", value }, channel: "web-chat", source: "test", authority: "customer", facts },
  ])

it("in a ticket of Zendesk the panel shows its requester live, by the host's own id, and what Zendesk says beside it as a claim", async () => {
  await state("100", { orderNumber: "A-1042" })
  await state("200", { orderNumber: "B-7" })
  const page = await open()
  const panel = page.frameLocator("iframe").locator("tellonce-panel")
  await panel.locator('[data-field="orderNumber"]', { hasText: "A-1042" }).waitFor()
  expect(await panel.locator("h2").textContent()).toBe("Ada Lovelace")
  expect(await panel.locator(".links [data-proof=verified]").count()).toBe(0)
  expect(await panel.locator(".links li", { hasText: "victim@example.com" }).textContent()).toContain("not proven")
  await state("100", { intent: "return" })
  await panel.locator('.facts [data-field="intent"]', { hasText: "return" }).waitFor()

  await page.evaluate(`turnTo({ id: 200, name: "Bob Stone" })`)
  await panel.locator('.facts [data-field="orderNumber"]', { hasText: "B-7" }).waitFor()
  expect(await panel.locator("section.panel").textContent()).not.toContain("A-1042")
  await page.close()
}, 60_000)

it("a customer who comes when the proof is too old is shown as well", async () => {
  await state("300", { orderNumber: "C-8" })
  const page = await open()
  const panel = page.frameLocator("iframe").locator("tellonce-panel")
  await panel.locator('[data-field="orderNumber"]', { hasText: "A-1042" }).waitFor()
  later = 6 * 60_000
  await page.evaluate(`turnTo({ id: 300, name: "Eve Adams" })`)
  await panel.locator('.facts [data-field="orderNumber"]', { hasText: "C-8" }).waitFor({ timeout: 10_000 })
  later = 0
  await page.close()
}, 60_000)

it("the agent corrects a fact there, and it is on the service", async () => {
  const page = await open()
  const panel = page.frameLocator("iframe").locator("tellonce-panel")
  await panel.getByRole("button", { name: "Correct Order number" }).click()
  await panel.getByLabel("New value").fill("A-1043")
  await panel.getByRole("button", { name: "Save" }).click()
  await panel.locator('.facts [data-field="orderNumber"]', { hasText: "A-1043" }).waitFor()
  const seen = await tellonce.view({ kind: "zendesk.user", value: "100" })
  expect(seen.orderNumber).toMatchObject({ value: "A-1043", authority: "agent" })
  await page.close()
}, 60_000)

it("an agent whom nobody has registered sees nothing but that there is no connection", async () => {
  proofOf = "666"
  const page = await open()
  const panel = page.frameLocator("iframe").locator("tellonce-panel")
  await panel.locator("[data-connection=offline]").waitFor()
  expect(await panel.locator(".facts > li").count()).toBe(0)
  expect(refused).toBe(0)
  await page.close()
}, 60_000)
