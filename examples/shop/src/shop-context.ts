import { defineContext, latest, recent, score, set, type View } from "@tellonce/core"
import * as z from "zod/mini"

/** What every channel of the shop shares about a customer. */
export const shopContext = defineContext({
  name: "acme-shop",
  version: 1,
  fields: {
    intent: latest(z.enum(["browse", "buy", "return", "track"]), { freshFor: "30m", keepFor: "7d" }),
    orderNumber: latest(z.string().check(z.regex(/^[A-Z]-\d{4}$/)), {
      freshFor: "30d",
      ask: "What is your order number? It looks like A-1042.",
    }),
    problem: latest(z.string(), { freshFor: "30d", ask: "What is wrong with it?" }),
    wish: latest(z.enum(["refund", "replacement"]), {
      freshFor: "30d",
      ask: "Would you like a refund or a replacement?",
    }),
    viewed: recent(z.string(), { keep: 5, freshFor: "7d" }),
    frustration: score({ halfLife: "10m" }),
    // From the order system: pushed as they change, and pulled before anything is promised.
    orderedItem: latest(z.string(), { authority: ["record"] }),
    orderStatus: latest(z.enum(["in transit", "delayed", "delivered"]), { freshFor: "1h", authority: ["record"] }),
    deliveryDate: latest(z.iso.date(), { freshFor: "1h", authority: ["record"] }),
    soldOut: set(z.string()),
    // From the mail server: does what is sent to them arrive?
    mailArrives: latest(z.boolean()),
  },
})

export type ShopFields = typeof shopContext.fields
export type ShopView = View<ShopFields>

/** What a return needs to be settled. */
export const returnCase = ["orderNumber", "problem", "wish"] as const
