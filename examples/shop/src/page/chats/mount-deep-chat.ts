import "deep-chat"
import { connectChat } from "@tellonce/chat"
import { createDeepChatHost } from "@tellonce/chat/deep-chat"
import type { DeepChat } from "deep-chat"
import { understand } from "../../understand.ts"
import { greeting } from "../../words/return-bot.ts"
import { isDark } from "../is-dark.ts"
import type { MountChat } from "./chat-widget.ts"

export const mountDeepChat: MountChat = ({ place, client, answer }) => {
  const chat = document.createElement("deep-chat") as DeepChat
  // With a font of its own it loads none from Google.
  chat.style.cssText =
    "display: block; width: 100%; height: 100%; border: 0; background: transparent; font-family: system-ui, sans-serif;"
  chat.introMessage = { text: greeting }
  const [paper, text, line] = isDark() ? ["#262a31", "#e9eaec", "#454b56"] : ["#fff", "#1d2129", "#d5d0c6"]
  chat.textInput = {
    placeholder: { text: "Write a message" },
    styles: { container: { borderRadius: "10px", backgroundColor: paper, color: text, border: `1px solid ${line}` } },
  }
  chat.messageStyles = {
    default: {
      shared: { bubble: { maxWidth: "85%" } },
      user: { bubble: { backgroundColor: isDark() ? "#155e52" : "#0b6b5d", color: "#fff" } },
      ai: { bubble: { backgroundColor: isDark() ? "#2e333c" : "#eeece7", color: text } },
    },
  }
  chat.connect = {
    handler: async (_body: unknown, signals: { onResponse(response: { text: string } | { error: string }): void }) => {
      await answer().then(
        (text) => signals.onResponse({ text }),
        () => signals.onResponse({ error: "The shop did not answer. Try again." }),
      )
    },
  }
  place.append(chat)
  connectChat({ host: createDeepChatHost(chat), context: client, understand })
  return {
    send: (text) => chat.submitUserMessage({ text }),
    say: (text) => chat.addMessage({ text, role: "ai" }),
  }
}
