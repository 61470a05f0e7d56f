import { connectChat, createDeepChatHost } from "@tellonce/chat"
import { defineContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { DeepChat } from "deep-chat"
import * as z from "zod/mini"

const shop = defineContext({
  name: "acme",
  version: 1,
  fields: { orderNumber: latest(z.string(), { freshFor: "30d" }), page: latest(z.string()) },
})

/** A page as an app writes it: its own chat, its own handler, and Tellonce beside them. */
const chat = new DeepChat()
const heard: string[] = []
chat.style.fontFamily = "sans-serif"
chat.connect = { url: "/chat" }
chat.history = [{ role: "user", text: "Said yesterday: A-0001" }]
chat.onMessage = ({ message, isHistory }) => {
  if (!isHistory) heard.push(`${message.role}: ${message.text}`)
}
document.body.append(chat)

const context = createMemoryPort({ definition: shop, now: Date.now })
const disconnect = connectChat({
  host: createDeepChatHost(chat),
  context,
  attributes: ["orderNumber", "page"],
  understand: (text) => {
    const [orderNumber] = /\b[A-Z]-\d{4}\b/.exec(text) ?? []
    return orderNumber === undefined ? {} : { orderNumber }
  },
})

Object.assign(window, { tellonce: { context, disconnect, heard } })
