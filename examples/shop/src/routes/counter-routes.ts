import type { Identity } from "@tellonce/core"
import type { Tellonce } from "@tellonce/node"
import { Hono } from "hono"
import * as z from "zod"
import { catalog, lastOrder } from "../catalog.ts"
import type { PromotionResult } from "../mail/create-promotion.ts"
import type { OrderSystem } from "../orders/create-order-system.ts"
import type { Sessions } from "../session.ts"
import { openComplaint } from "../shop-actions.ts"
import type { ShopFields } from "../shop-context.ts"
import { signedIn } from "./signed-in.ts"

export interface CounterParts {
  readonly tellonce: Tellonce<ShopFields>
  readonly sessions: Sessions
  readonly orders: Pick<OrderSystem, "delay" | "stock">
  readonly promote: (identity: Identity) => Promise<PromotionResult>
}

const Stock = z.object({
  isSoldOut: z.boolean(),
  item: z.enum(catalog.map(({ name }) => name)).default(lastOrder.item),
})

/** What happens behind the counter while customer and agent talk; here whoever looks at the demo makes it happen. */
export const counterRoutes = ({ tellonce, sessions, orders, promote }: CounterParts): Hono =>
  new Hono()
    .post("/delay", async (call) => {
      await orders.delay((await signedIn(sessions, call)).value)
      return call.json({ done: true })
    })
    .post("/stock", async (call) => {
      await signedIn(sessions, call)
      const { item, isSoldOut } = Stock.parse(await call.req.json())
      await orders.stock(item, isSoldOut)
      return call.json({ done: true })
    })
    .post("/promotion", async (call) => call.json(await promote(await signedIn(sessions, call))))
    .post("/settle", async (call) => {
      const identity = await signedIn(sessions, call)
      const complaint = openComplaint(await tellonce.view(identity))
      if (complaint === undefined) return call.json({ settled: false })
      const place = { channel: "desk", source: "shop-counter" }
      await tellonce.closeMatter(identity, complaint.matter, { outcome: "settled", ...place })
      await tellonce.record([{ identity, authority: "agent", ...place, cleared: ["problem", "wish", "intent"] }])
      return call.json({ settled: true })
    })
