import { connectSidebar, createPanelService, definePanel } from "@tellonce/crm"
import { createZendeskHost, type ZendeskClient } from "@tellonce/crm/zendesk"
import { shop } from "./zendesk-context.ts"

declare const ZAFClient: { init(): ZendeskClient | false }

definePanel()
const panel = document.createElement("tellonce-panel")
document.querySelector("main")?.append(panel)

const start = JSON.parse(document.querySelector("meta[name=start]")?.getAttribute("content") ?? "{}") as {
  readonly url: string
  readonly proof: string
}
/** The proof that the page was loaded with becomes a token, once. */
const token = async () => {
  const response = await fetch("/token", { method: "POST", body: start.proof })
  return ((await response.json()) as { readonly token: string }).token
}
connectSidebar({
  host: createZendeskHost({ client: ZAFClient.init() }),
  panel,
  open: (identity) => createPanelService({ definition: shop, url: start.url, token, agent: "desk-1", identity }),
})
