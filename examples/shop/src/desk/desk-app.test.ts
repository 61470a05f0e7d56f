import { fileURLToPath } from "node:url"
import { beforeEach, expect, it } from "vitest"
import { createZendesk, type Zendesk } from "./create-zendesk.ts"
import { createDeskApp } from "./desk-app.ts"

let zendesk: Zendesk
let app: ReturnType<typeof createDeskApp>
beforeEach(async () => {
  zendesk = await createZendesk()
  app = createDeskApp({
    zendesk,
    chatwootSecret: "the secret of the installation",
    issueToken: async (agent) => ({ token: `token of ${agent}` }),
    shopUrl: () => "http://127.0.0.1:4400",
    frameDirectory: fileURLToPath(new URL("./frame", import.meta.url)),
    clock: Date.now,
  })
})

const load = async (path: string, init?: RequestInit) => {
  const response = await app.request(path, init)
  return [response.status, /token of [\w-]+/.exec(await response.text())?.[0]]
}
const loadZendesk = (token: string) => load("/zendesk", { method: "POST", body: new URLSearchParams({ token }) })

it("what Zendesk has signed for a known agent gives a page with that agent's token, and nothing else does", async () => {
  expect(await loadZendesk(await zendesk.signFor("77"))).toEqual([200, "token of desk-1"])
  expect(await loadZendesk(await zendesk.signFor("78"))).toEqual([403, undefined])
  expect(await loadZendesk(await (await createZendesk()).signFor("77"))).toEqual([403, undefined])
  expect(await loadZendesk("")).toEqual([403, undefined])
  expect(await load("/zendesk", { method: "POST" })).toEqual([403, undefined])
})

it("Chatwoot's secret gives a page with a token, a guess does not", async () => {
  expect(await load("/chatwoot?secret=the+secret+of+the+installation")).toEqual([200, "token of desk-1"])
  expect(await load("/chatwoot?secret=guessed")).toEqual([403, undefined])
  expect(await load("/chatwoot")).toEqual([403, undefined])
})

it("nobody keeps the page, and only the shop may hold it in a frame", async () => {
  const { headers } = await app.request("/chatwoot?secret=the+secret+of+the+installation")
  expect(headers.get("cache-control")).toBe("no-store")
  expect(headers.get("content-security-policy")).toContain("frame-ancestors http://127.0.0.1:4400")
})
