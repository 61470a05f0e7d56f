import type { CrmAccess } from "./crm/crm-access.ts"
import { openChatwoot } from "./crm/open-chatwoot.ts"
import { openZendesk } from "./crm/open-zendesk.ts"
import { shopServer } from "./shop-server.ts"
import { showTabs } from "./tabs.ts"

/** The agent's side: the company's panel in the frames of two CRMs, each from another origin and with a token of its own. */
export const showDesk = (): Promise<void> => {
  // A proof is good for minutes only, so each frame gets its own when it is opened.
  const access = () => shopServer.post<CrmAccess>("crm")
  const choose = showTabs("desk-tabs", "desks", [
    { id: "zendesk", title: "Zendesk", open: async (place) => openZendesk(place, await access()) },
    { id: "chatwoot", title: "Chatwoot", open: async (place) => openChatwoot(place, await access()) },
  ])
  return choose("zendesk")
}
