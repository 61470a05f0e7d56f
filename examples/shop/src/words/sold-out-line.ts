import type { ShopView } from "../shop-context.ts"

/** Why there is no replacement, where the customer's item is sold out. */
export const soldOutLine = ({ orderedItem, soldOut }: ShopView): string | undefined => {
  const item = orderedItem.value
  return item !== undefined && soldOut.value?.includes(item)
    ? `The ${item} is sold out, so we cannot promise you a new one. We can give you a refund.`
    : undefined
}
