import type { ContextClient } from "@tellonce/client"
import type { PromotionResult } from "../mail/create-promotion.ts"
import { openComplaint } from "../shop-actions.ts"
import type { ShopFields } from "../shop-context.ts"
import { element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

/** What happens behind the counter: the order system, marketing, and whoever settles complaints. */
export const showCounter = (client: ContextClient<ShopFields>, item: string): void => {
  const status = element("counter-status")
  const isSoldOut = () => client.view().soldOut.value?.includes(item) ?? false
  const act = (id: string, run: () => Promise<string>) =>
    element(id).addEventListener("click", async () => {
      status.textContent = await run().catch((error: Error) => `Not done: ${error.message}.`)
    })
  act("delay", async () => {
    await shopServer.post("delay")
    return "The carrier has told the order system, and it has told everybody."
  })
  act("stock", async () => {
    const wish = !isSoldOut()
    await shopServer.post("stock", { item, isSoldOut: wish })
    return wish ? `The ${item} is listed, and nobody promises it.` : `The ${item} is back.`
  })
  act("promotion", async () => {
    const result = await shopServer.post<PromotionResult>("promotion")
    return result.sent ? `Sent: ${result.item}, 20 % off.` : `Held. ${result.reasons.join(" ")}`
  })
  act("settle", async () => {
    const { settled } = await shopServer.post<{ readonly settled: boolean }>("settle")
    return settled ? "The complaint is settled." : "There is no open complaint."
  })
  const show = () => {
    element("stock").textContent = isSoldOut() ? `Restock the ${item}` : `Sell out the ${item}`
    element<HTMLButtonElement>("settle").disabled = openComplaint(client.view()) === undefined
  }
  client.subscribe(show)
  show()
}
