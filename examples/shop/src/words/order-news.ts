import { corrections } from "@tellonce/core"
import type { ShopView } from "../shop-context.ts"
import { orderLine } from "./order-line.ts"

/** What a channel has to tell by itself: a delay it has not told yet, or that what it told is no longer so. */
export const orderNews = (seen: ShopView, channel: string): string | undefined => {
  const { orderStatus, deliveryDate, $ } = seen
  const line = orderLine(seen)
  if (line === undefined) return undefined
  const isTold = $.told.some((told) => told.channel === channel && told.value.facts.deliveryDate === deliveryDate.value)
  if (isTold) return undefined
  if (corrections(seen).some(({ field }) => field === "deliveryDate"))
    return `I have to correct what we told you. ${line}`
  return orderStatus.value === "delayed" ? `I have news for you. ${line}` : undefined
}
