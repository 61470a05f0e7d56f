import { defineContext, latest, recent } from "@tellonce/core"
import { definePanel } from "@tellonce/crm"
import { createMemoryPort } from "@tellonce/testing"
import * as z from "zod/mini"

const shop = defineContext({
  name: "acme",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { scope: "matter", freshFor: "30d", ask: "What is your order number?" }),
    intent: latest(z.string(), { freshFor: "30m" }),
    orderStatus: latest(z.string(), { authority: [] }),
    city: latest(z.string(), { freshFor: "1h" }),
    visitDate: latest(z.string(), { keepFor: "1d", ask: "When would you like to come?" }),
    viewed: recent(z.string(), { keep: 5 }),
  },
})

const context = createMemoryPort({ definition: shop, now: Date.now })
let subscribers = 0
const watched = {
  ...context,
  subscribe: (listener: Parameters<typeof context.subscribe>[0]) => {
    subscribers += 1
    const unsubscribe = context.subscribe(listener)
    return () => {
      subscribers -= 1
      unsubscribe()
    }
  },
}

definePanel()
definePanel()
const panel = document.createElement("tellonce-panel")
panel.context = watched
document.querySelector("main")?.append(panel)

Object.assign(window, { tellonce: { context, panel, subscribers: () => subscribers } })
