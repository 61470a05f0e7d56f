import { Hono } from "hono"
import { idInCrm } from "../desk/crm-accounts.ts"
import type { Desk } from "../desk/open-desk.ts"
import type { Sessions } from "../session.ts"
import { signedIn } from "./signed-in.ts"

export interface CrmParts {
  readonly sessions: Sessions
  readonly desk: Omit<Desk, "close">
}

/** What the CRMs of the demo load their frames with. A real CRM signs its agents in; here whoever looks sits at both sides. */
export const crmRoutes = ({ sessions, desk }: CrmParts): Hono =>
  new Hono().post("/crm", async (call) => {
    const { value: email } = await signedIn(sessions, call)
    return call.json({
      requester: { id: Number(idInCrm(email)), name: "Ada Lovelace", email },
      deskUrl: desk.url,
      zendeskToken: await desk.zendesk.signFor("77"),
      chatwootSecret: desk.chatwootSecret,
    })
  })
