import { createClient } from "@tellonce/client"
import { shopContext } from "../shop-context.ts"
import { showChat } from "./chat.ts"
import { redeemContextLink } from "./context-link.ts"
import { showCounter } from "./counter.ts"
import { showDesk } from "./desk.ts"
import { element } from "./element.ts"
import { showMail } from "./mail.ts"
import { showProducts } from "./products.ts"
import { showReturnForm } from "./return-form.ts"
import { type ShopConfig, shopServer } from "./shop-server.ts"
import { showSteps } from "./steps.ts"

const start = async () => {
  await redeemContextLink()
  const config = await shopServer.get<ShopConfig>("config")
  const client = createClient({ context: shopContext, url: location.origin, key: config.key, source: "shop-page" })

  // The shop's own sign-in; its backend then vouches that what this visitor said belongs to this customer.
  const signIn = async () => {
    const visitorToken = await client.visitorToken()
    const { address, token } = await shopServer.post<{ address: string; token: string }>("sign-in", { visitorToken })
    client.identify(token)
    return address
  }
  const address = await signIn()
  setInterval(() => void signIn(), 45 * 60_000)

  showProducts(config, client)
  showReturnForm(client)
  showCounter(client, config.lastOrder.item)
  showMail(client, address)
  showSteps(client)
  await Promise.all([showChat(client), showDesk()])
  element("account").textContent = `Signed in as Ada, ${address}`
}

element("start-over").addEventListener("click", async () => {
  await shopServer.post("sign-out")
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  location.reload()
})

start().catch((error: unknown) => {
  element("account").textContent =
    `The shop could not be reached (${error instanceof Error ? error.message : "unknown"}). Reload the page.`
})
