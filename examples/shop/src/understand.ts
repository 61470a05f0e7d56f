import type { FactsOf } from "@tellonce/core"
import type { ShopFields } from "./shop-context.ts"

const patterns = {
  return: /\b(returns?|returning|send (it )?back|sending (it )?back|refund)\b/i,
  track: /\b(where is|where's|track|when (will|does)|arrives?|delivery)\b/i,
  defect: /\b(defective|defect|broken|faulty|damaged|does ?n[o']t work|stopped working|won't (start|turn on))\b/i,
  refund: /\b(refund|money back)\b/i,
  replacement: /\b(replacement|replace it|a new one|exchange)\b/i,
  annoyed: /\b(already told|again\?|ridiculous|annoy\w*|third time)\b/i,
  orderNumber: /\b([A-Z])[- ]?(\d{4})\b/i,
}

/** What a customer's sentence states, in chat and mail alike. The shop's own rules; a model could stand here as well. */
export const understand = (text: string): FactsOf<ShopFields> => {
  const order = patterns.orderNumber.exec(text)
  const defect = patterns.defect.exec(text)
  const isReturn = patterns.return.test(text) || patterns.replacement.test(text)
  return {
    ...(isReturn ? { intent: "return" } : patterns.track.test(text) && { intent: "track" }),
    ...(order && { orderNumber: `${order[1]?.toUpperCase()}-${order[2]}` }),
    ...(defect && { problem: defect[0].toLowerCase() }),
    ...(patterns.replacement.test(text) ? { wish: "replacement" } : patterns.refund.test(text) && { wish: "refund" }),
    ...(patterns.annoyed.test(text) && { frustration: 1 }),
  }
}
