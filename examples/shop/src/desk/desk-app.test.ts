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

const exchange = async (crm: string, body: string) => {
  const response = await app.request(`/token/${crm}`, { method: "POST", body })
  return [response.status, ((await response.json()) as { readonly token?: string }).token]
}

it("what Zendesk has signed for a known agent becomes that agent's token, and nothing else does", async () => {
  expect(await exchange("zendesk", await zendesk.signFor("77"))).toEqual([200, "token of desk-1"])
  expect(await exchange("zendesk", await zendesk.signFor("78"))).toEqual([403, undefined])
  expect(await exchange("zendesk", await (await createZendesk()).signFor("77"))).toEqual([403, undefined])
  expect(await exchange("zendesk", "")).toEqual([403, undefined])
})

it("Chatwoot's secret becomes a token, a guess does not", async () => {
  expect(await exchange("chatwoot", "the secret of the installation")).toEqual([200, "token of desk-1"])
  expect(await exchange("chatwoot", "guessed")).toEqual([403, undefined])
})

it("a proof is shown as text, and only the shop may hold the frame", async () => {
  const response = await app.request(`/chatwoot?secret=${encodeURIComponent('"><script>')}`)
  expect(await response.text()).not.toContain("<script>")
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors http://127.0.0.1:4400")
})
