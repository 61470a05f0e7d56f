import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../shop-context.ts"
import { element } from "./element.ts"

/** Ticks off the story as the context shows it done. */
export const showSteps = (client: ContextClient<ShopFields>): void => {
  const show = () => {
    const { orderNumber, problem, orderStatus, $ } = client.view()
    const chat = orderNumber.value !== undefined && problem.value !== undefined
    const mail = $.messages.some(({ channel, authority }) => channel === "email" && authority === "customer")
    const delay = orderStatus.value === "delayed"
    const done = { chat, mail, delay, desk: chat && mail && delay }
    for (const [step, isDone] of Object.entries(done)) element(`step-${step}`).classList.toggle("done", isDone)
  }
  client.subscribe(show)
  show()
}
