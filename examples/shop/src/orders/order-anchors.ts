import { type Anchors, createGuardedFetch } from "@tellonce/node"
import * as z from "zod"
import { catalog } from "../catalog.ts"
import type { ShopFields } from "../shop-context.ts"

const Order = z.object({
  item: z.string(),
  status: z.enum(["in transit", "delayed", "delivered"]),
  due: z.iso.date(),
})
const Stock = z.object({ soldOut: z.array(z.string()) })

/** How the context service asks the order system, when somebody must know now. `url` is asked for late: it is known once that system runs. */
export const createOrderAnchors = (url: () => string): Anchors<ShopFields> => {
  const call = async (path: string): Promise<unknown> => {
    const allow = [{ origin: url(), plain: true, addresses: ["127.0.0.0/8"] }] as const
    const response = await createGuardedFetch({ allow })(`${url()}${path}`)
    return response.status === 404 ? undefined : response.json()
  }
  return {
    order: {
      maxAge: 1_000,
      async fetch({ identity, seen }) {
        const number = seen.orderNumber.value
        if (identity.kind !== "email" || number === undefined) return undefined
        const found = await call(`/orders/${encodeURIComponent(identity.value)}/${number}`)
        if (found === undefined) return undefined
        const { item, status, due } = Order.parse(found)
        return { orderedItem: item, orderStatus: status, deliveryDate: due }
      },
    },
    stock: {
      maxAge: 1_000,
      async fetch() {
        const { soldOut } = Stock.parse(await call("/stock"))
        const back = catalog.map(({ name }) => name).filter((name) => !soldOut.includes(name))
        return { soldOut: { add: soldOut, remove: back } }
      },
    },
  }
}
