import type { Identity } from "@tellonce/core"
import type { Tellonce } from "@tellonce/node"
import { returnCase, type ShopFields, type ShopView } from "../shop-context.ts"
import { orderLine } from "../words/order-line.ts"
import { orderNews } from "../words/order-news.ts"
import { returnBot, smallTalk } from "../words/return-bot.ts"
import { soldOutLine } from "../words/sold-out-line.ts"
import { noteComplaint } from "./note-complaint.ts"

export interface ShopBot {
  /** The answer to what the customer said last. */
  answer(identity: Identity): Promise<string>
  /** What the chat has to tell by itself; once, however many tabs ask. */
  news(identity: Identity): Promise<string | undefined>
}

const channel = "web-chat"
const place = { channel, source: "shop-bot" } as const

/** The bot of the web chat. It keeps no memory of its own: all it knows is the context. */
export const createShopBot = (tellonce: Tellonce<ShopFields>): ShopBot => {
  const telling = new Set<string>()
  const toldOf = async (identity: Identity, { orderStatus, deliveryDate }: ShopView) => {
    if (orderStatus.value === undefined || deliveryDate.value === undefined) return
    await tellonce.told(identity, {
      ...place,
      facts: { orderStatus: orderStatus.value, deliveryDate: deliveryDate.value },
    })
  }
  return {
    async answer(identity) {
      await noteComplaint(tellonce, identity, place)
      const { intent } = await tellonce.view(identity)
      if (intent.value === "track") {
        await tellonce.anchor(identity, "order")
        const seen = await tellonce.view(identity)
        await toldOf(identity, seen)
        return orderLine(seen) ?? (await askForOrder(tellonce, identity))
      }
      if (intent.value !== "return") return smallTalk
      const answers = await tellonce.ask(identity, { fields: returnCase, ...place })
      const isComplete = returnCase.every((field) => answers[field]?.answer === "skip")
      return returnBot(answers, isComplete ? await settle(tellonce, identity) : "")
    },
    async news(identity) {
      if (telling.has(identity.value)) return undefined
      telling.add(identity.value)
      try {
        const seen = await tellonce.view(identity)
        const news = orderNews(seen, channel)
        if (news !== undefined) await toldOf(identity, seen)
        return news
      } finally {
        telling.delete(identity.value)
      }
    },
  }
}

const askForOrder = async (tellonce: Tellonce<ShopFields>, identity: Identity): Promise<string> => {
  const { orderNumber } = await tellonce.ask(identity, { fields: ["orderNumber"], ...place })
  return orderNumber?.answer === "ask" ? orderNumber.question : "I find no such order. Is its number right?"
}

/** A promise is given only on what the order system says now: where it gives no answer, nothing is promised. */
const settle = async (tellonce: Tellonce<ShopFields>, identity: Identity): Promise<string> => {
  const promise = async (what: string) => {
    await tellonce.record([{ identity, authority: "bot", ...place, event: { name: "promised", what } }])
    return `That is all I need: we promise you ${what}.`
  }
  const { wish } = await tellonce.view(identity)
  if (wish.value !== "replacement") return promise("a refund")
  try {
    await tellonce.anchor(identity, "order", { fresh: true })
    await tellonce.anchor(identity, "stock", { fresh: true })
  } catch {
    return "I cannot see the stock right now. You will hear from us by mail."
  }
  const { allowed } = await tellonce.decide(identity, { action: "promiseReplacement" })
  const seen = await tellonce.view(identity)
  const item = seen.orderedItem.value
  if (item === undefined) return "I find no such order. Is its number right?"
  return allowed
    ? promise(`a new ${item}`)
    : (soldOutLine(seen) ?? "A colleague will tell you by mail what is possible.")
}
