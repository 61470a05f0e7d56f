import type { ShopView } from "../shop-context.ts"

type OrderSeen = Pick<ShopView, "orderNumber" | "orderedItem" | "orderStatus" | "deliveryDate">

/** Where the customer's order is, in a sentence that chat, mail and page share; undefined while nobody knows. */
export const orderLine = (seen: OrderSeen): string | undefined => {
  const { orderNumber, orderedItem, orderStatus, deliveryDate } = seen
  if (orderStatus.value === undefined || deliveryDate.value === undefined) return undefined
  const name = [orderNumber.value ?? "", orderedItem.value && `(${orderedItem.value})`].filter(Boolean).join(" ")
  const day = inDays(deliveryDate.value)
  const order = name === "" ? "Your order" : `Your order ${name}`
  if (orderStatus.value === "delivered") return `${order} was delivered on ${day}.`
  return orderStatus.value === "delayed"
    ? `${order} is delayed: it will be with you on ${day}.`
    : `${order} is in transit and will be with you on ${day}.`
}

const inDays = (date: string): string =>
  new Date(date).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })
