import { defineActions, type Policy } from "@tellonce/core"
import type { ShopView } from "./shop-context.ts"

/** The open complaint of this customer, if there is one. */
export const openComplaint = ({ $ }: ShopView) =>
  $.matters.find(({ kind, state }) => kind === "complaint" && state === "open")

/** What a promotion to this customer is about: what they looked at last. */
export const promotedItem = ({ viewed }: ShopView): string => viewed.value?.[0] ?? "Copper kettle"

const isInStock =
  (itemOf: (seen: ShopView) => string | undefined): Policy<ShopView> =>
  (seen) => {
    const item = itemOf(seen)
    const isSoldOut = item !== undefined && seen.soldOut.value?.includes(item)
    return isSoldOut ? { reason: `The ${item} is sold out.`, change: "Wait until it is back." } : undefined
  }

const noComplaint: Policy<ShopView> = (seen) =>
  openComplaint(seen) && { reason: "A complaint is open.", change: "Settle it first." }

const mailArrives: Policy<ShopView> = ({ mailArrives }) =>
  mailArrives.value === false
    ? { reason: "Mail to this customer comes back.", change: "Wait for their answer to a mail of ours." }
    : undefined

/** What the shop may want to do, and what stands against it. */
export const shopActions = defineActions<ShopView, "promote" | "promiseReplacement">({
  promote: { fails: "closed", policies: [noComplaint, isInStock(promotedItem), mailArrives] },
  promiseReplacement: { fails: "closed", policies: [isInStock(({ orderedItem }) => orderedItem.value)] },
})
