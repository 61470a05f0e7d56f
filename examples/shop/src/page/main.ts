import "deep-chat"
import { connectChat, createDeepChatHost } from "@tellonce/chat"
import { createClient } from "@tellonce/client"
import { definePanel } from "@tellonce/crm"
import { shopContext } from "../shop-context.ts"
import { understand } from "../understand.ts"
import { showChat } from "./chat.ts"
import { element } from "./element.ts"
import { showMail } from "./mail.ts"
import { showPanel } from "./panel.ts"
import { showProducts } from "./products.ts"
import { showReturnForm } from "./return-form.ts"
import { type ShopConfig, shopServer } from "./shop-server.ts"
import { showSteps } from "./steps.ts"

const start = async () => {
  const config = await shopServer.get<ShopConfig>("config")
  const client = createClient({ context: shopContext, url: location.origin, key: config.key, source: "shop-page" })

  showProducts(config, client)
  showReturnForm(client)
  const chat = showChat(client)
  connectChat({ host: createDeepChatHost(chat), context: client, channel: "web-chat", understand })
  showMail(client)
  showSteps(client)

  // The shop's own sign-in; its backend then vouches that what this visitor said belongs to this customer.
  const signIn = async () => {
    const { address, token } = await shopServer.post<{ address: string; token: string }>("sign-in", {
      visitorToken: await client.visitorToken(),
    })
    client.identify(token)
    return address
  }
  element("account").textContent = `Signed in as Ada, ${await signIn()}`
  setInterval(() => void signIn(), 45 * 60_000)

  definePanel()
  await showPanel()
}

element("start-over").addEventListener("click", async () => {
  await shopServer.post("sign-out", {})
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  location.reload()
})

start().catch((error: unknown) => {
  element("account").textContent =
    `The shop could not be reached (${error instanceof Error ? error.message : "unknown"}). Reload the page.`
})
