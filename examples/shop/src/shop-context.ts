import { defineContext, latest, recent, score } from "@tellonce/core"
import * as z from "zod/mini"

/** What every channel of the shop shares about a customer. */
export const shopContext = defineContext({
  name: "acme-shop",
  version: 1,
  fields: {
    intent: latest(z.enum(["browse", "buy", "return"]), { freshFor: "30m", keepFor: "7d" }),
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
  },
})

export type ShopFields = typeof shopContext.fields

/** What a return needs to be settled. */
export const returnCase = ["orderNumber", "problem", "wish"] as const
