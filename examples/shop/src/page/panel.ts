import { createClient } from "@tellonce/client"
import type { Identity } from "@tellonce/core"
import type { TelloncePanel } from "@tellonce/crm"
import { returnCase, shopContext } from "../shop-context.ts"
import { element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

/** The agent's side: another client, with the agent's own token, of the same customer. */
export const showPanel = async (): Promise<void> => {
  const { identity, token } = await shopServer.post<{ identity: Identity; token: string }>("desk", {})
  const desk = createClient({ context: shopContext, url: location.origin, key: token, identity, source: "desk-page" })
  const panel = element<TelloncePanel>("panel")
  panel.context = desk
  panel.script = returnCase
  panel.answers = () => desk.ask(returnCase)
}
