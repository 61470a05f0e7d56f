import { type AnyView, count, defineContext, latest, recent } from "@tellonce/core"
import { arabicLabels, definePanel, englishLabels, germanLabels, type PanelDesk } from "@tellonce/crm"
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
    guests: latest(z.number(), {}),
    errors: count({ window: "1h" }),
  },
})

const openCustomer = () => createMemoryPort({ definition: shop, now: Date.now })
const context = openCustomer()
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

/** A desk that writes into the same context, and notes what it was told to do. */
const done: unknown[] = []
let refusal: Error | undefined
const act = async (what: unknown, statement?: Parameters<typeof context.record>[0]) => {
  if (refusal) throw refusal
  done.push(what)
  if (statement) context.record({ authority: "agent", ...statement })
}
const channel = "crm"
const desk: PanelDesk = {
  acceptHandoff: (handoff) => act(["accept", handoff], { channel, event: { name: "taken", handoff } }),
  declineHandoff: (handoff) => act(["decline", handoff], { channel, event: { name: "declined", handoff } }),
  correct: (field, value, matter) => act(["correct", field, value], { channel, matter, facts: { [field]: value } }),
  hold: ({ action, reason, until }) =>
    act(["hold", action, reason, until], {
      channel,
      event: { name: "held", hold: `hold-${done.length}`, action, reason, owner: "desk-1", until },
    }),
  release: (hold) => act(["release", hold], { channel, event: { name: "released", hold } }),
  told: (facts) => act(["told", facts], { channel, event: { name: "told", facts } }),
}

definePanel()
definePanel()
const panel = document.createElement("tellonce-panel")
panel.context = watched
document.querySelector("main")?.append(panel)

const briefing = {
  actions: {
    sendPromotion: {
      fails: "closed" as const,
      policies: [
        (seen: AnyView) =>
          seen.$.matters.some(({ state }) => state === "open")
            ? { reason: "A return is open.", change: "Settle the return." }
            : undefined,
      ],
    },
  },
  friction: ["errors"],
  nextStep: () => "Offer a return label for the left shoe.",
}

Object.assign(window, {
  tellonce: {
    context,
    openCustomer,
    panel,
    desk,
    briefing,
    done,
    refuse: (error: Error | undefined) => {
      refusal = error
    },
    labels: { en: englishLabels, de: germanLabels, ar: arabicLabels },
    subscribers: () => subscribers,
  },
})
