import type { ContextClient } from "@tellonce/client"
import { inText, inWords } from "@tellonce/core"
import type { DeepChat } from "deep-chat"
import { greeting } from "../return-bot.ts"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { create, element } from "./element.ts"
import { shopServer } from "./shop-server.ts"

const openings = [
  "Order A-1042: my hand blender is broken, I want to return it.",
  "I want to return something.",
  "As I already told you: refund, please.",
] as const

/** The chat widget, and above it what the customer need not type again. */
export const showChat = (client: ContextClient<ShopFields>): DeepChat => {
  const chat = element<DeepChat>("chat")
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
  chat.style.cssText = "width: 100%; height: 330px; border: 0; background: transparent;"
  chat.introMessage = { text: greeting }
  chat.textInput = { placeholder: { text: "Write a message" }, styles: { container: { borderRadius: "10px" } } }
  chat.messageStyles = {
    default: {
      shared: { bubble: { maxWidth: "85%" } },
      user: { bubble: { backgroundColor: dark ? "#155e52" : "#0b6b5d", color: "#fff" } },
    },
  }
  chat.connect = {
    handler: async (_body: unknown, signals: { onResponse(response: { text: string } | { error: string }): void }) => {
      // What was just said must be on the server's disk before its bot thinks about it.
      await client.flush()
      await shopServer
        .post<{ text: string }>("bot", {})
        .then(signals.onResponse, () => signals.onResponse({ error: "The shop did not answer. Try again." }))
    },
  }
  element("suggestions").replaceChildren(
    ...openings.map((text) => {
      const button = create("button", { type: "button" }, text)
      button.addEventListener("click", () => chat.submitUserMessage({ text }))
      return button
    }),
  )
  const showKnown = () => {
    const answers = client.ask(returnCase)
    const lines = returnCase.flatMap((name) => {
      const given = answers[name]
      return given.answer === "skip" ? [`${inWords(name)} ${inText(given.value)} (${given.known})`] : []
    })
    element("chat-known").textContent = lines.length === 0 ? "" : `No need to type again: ${lines.join("; ")}.`
  }
  client.subscribe(showKnown)
  setInterval(showKnown, 10_000)
  return chat
}
