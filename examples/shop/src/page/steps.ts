import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../shop-context.ts"
import { element } from "./element.ts"

/** Ticks off the story as the context shows it done. */
export const showSteps = (client: ContextClient<ShopFields>): void => {
  const show = () => {
    const { viewed, orderNumber, intent, $ } = client.view()
    const hasMailed = $.messages.some(({ channel, authority }) => channel === "email" && authority === "customer")
    const hasChatted = orderNumber.state === "fresh" && intent.value === "return"
    const done = {
      browse: viewed.state !== "unknown",
      chat: hasChatted,
      mail: hasMailed,
      desk: hasChatted && hasMailed,
    }
    for (const [step, isDone] of Object.entries(done)) element(`step-${step}`).classList.toggle("done", isDone)
  }
  client.subscribe(show)
  show()
}
