import { createHmac } from "node:crypto"
import type { Tellonce } from "@tellonce/node"
import { listen } from "../listen.ts"
import type { ShopFields } from "../shop-context.ts"
import { createZendesk, type Zendesk } from "./create-zendesk.ts"
import { createDeskApp } from "./desk-app.ts"

export interface DeskOptions {
  readonly tellonce: Tellonce<ShopFields>
  readonly secret: string
  readonly shopUrl: () => string
  readonly frameDirectory: string
  readonly clock: () => number
}

export interface Desk {
  readonly url: string
  /** What the CRMs of the demo have to prove themselves with. */
  readonly zendesk: Pick<Zendesk, "signFor">
  readonly chatwootSecret: string
  close(): Promise<void>
}

/** The sidebar app at an address of its own, and the two CRMs that trust it. */
export const openDesk = async ({ tellonce, secret, ...rest }: DeskOptions): Promise<Desk> => {
  const zendesk = await createZendesk()
  const chatwootSecret = createHmac("sha256", secret).update("chatwoot").digest("hex")
  const issueToken = (agent: string) => tellonce.issueToken({ kind: "agent", agent })
  const { url, close } = await listen(createDeskApp({ ...rest, zendesk, chatwootSecret, issueToken }))
  return { url, close, zendesk, chatwootSecret }
}
