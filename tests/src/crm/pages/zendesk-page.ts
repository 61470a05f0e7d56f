import { connectSidebar, createPanelService, definePanel } from "@tellonce/crm"
import { createZendeskHost, type ZendeskClient } from "@tellonce/crm/zendesk"
import { shop } from "./zendesk-context.ts"

declare const ZAFClient: { init(): ZendeskClient | false }

definePanel()
const panel = document.createElement("tellonce-panel")
document.querySelector("main")?.append(panel)

const { url, token } = JSON.parse(document.querySelector("meta[name=start]")?.getAttribute("content") ?? "{}") as {
  readonly url: string
  readonly token: string
}
connectSidebar({
  host: createZendeskHost({ client: ZAFClient.init() }),
  panel,
  open: (identity) => createPanelService({ definition: shop, url, token, agent: "desk-1", identity }),
})
