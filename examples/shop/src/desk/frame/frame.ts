import type { AnyView, BriefOptions } from "@tellonce/core"
import { connectSidebar, createPanelService, definePanel, type TelloncePanel } from "@tellonce/crm"
import { createChatwootHost } from "@tellonce/crm/chatwoot"
import { createZendeskHost, type ZendeskClient } from "@tellonce/crm/zendesk"
import ZAFClient from "zendesk_app_framework_sdk"
import { openComplaint, shopActions } from "../../shop-actions.ts"
import { returnCase, type ShopView, shopContext } from "../../shop-context.ts"
import type { FrameStart } from "../frame-page.ts"

// The panel, in whichever CRM has loaded this page: only the host differs.
const read = <Kind extends Element>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector)
  if (found === null) throw new Error(`The frame has no ${selector}.`)
  return found
}
const { crm, url, token } = JSON.parse(read<HTMLMetaElement>("meta[name=start]").content) as FrameStart

const briefing: BriefOptions<ShopView> = {
  actions: shopActions,
  friction: ["frustration"],
  // What they want, before what the systems say of it.
  focus: { weights: { intent: 8, problem: 8, wish: 8, deliveryDate: 0, orderedItem: 0, soldOut: 0, mailArrives: 0 } },
  nextStep: (seen) => {
    if (openComplaint(seen) === undefined) return undefined
    const missing = returnCase.filter((field) => seen[field].value === undefined)
    return missing.length === 0 ? "Settle the return." : "Take up the return; ask only what the script leaves open."
  },
}

definePanel()
const panel = read<TelloncePanel>("tellonce-panel")
panel.script = returnCase
panel.briefing = briefing as BriefOptions<AnyView>
connectSidebar({
  host:
    crm === "zendesk"
      ? createZendeskHost({ client: (ZAFClient as { init(): ZendeskClient | false }).init() })
      : createChatwootHost({ origin: url, window }),
  panel,
  open: (identity) => createPanelService({ definition: shopContext, url, token, agent: "desk-1", identity }),
})
