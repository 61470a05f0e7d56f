import type { Sources } from "@tellonce/ingest"
import * as z from "zod"
import type { ShopFields } from "../shop-context.ts"

const Item = z.object({ item: z.string() })
const itemOf = (data: unknown): readonly string[] => {
  const parsed = Item.safeParse(data)
  return parsed.success ? [parsed.data.item] : []
}

/** What the order system's events mean, as the context has it. */
export const orderEvents: Sources<ShopFields> = {
  cloudEvents: {
    table: {
      "com.acme.parcel.delayed": {
        orderStatus: () => "delayed",
        deliveryDate: "data.due",
        orderedItem: "data.item",
      },
      "com.acme.item.sold_out": { soldOut: ({ data }) => ({ add: itemOf(data) }) },
      "com.acme.item.back": { soldOut: ({ data }) => ({ remove: itemOf(data) }) },
    },
  },
}
