import { Chat, useChat } from "@ai-sdk/react"
import { connectChat } from "@tellonce/chat"
import { createAiSdkHost } from "@tellonce/chat/ai-sdk"
import { DefaultChatTransport, type UIMessage } from "ai"
import { type FormEvent, useEffect, useRef, useState } from "react"
import { createRoot } from "react-dom/client"
import { understand } from "../../understand.ts"
import { greeting } from "../../words/return-bot.ts"
import { allSent } from "../all-sent.ts"
import type { MountChat } from "./chat-widget.ts"

export const mountUseChat: MountChat = ({ place, client }) => {
  const transport = new DefaultChatTransport({
    api: "/shop/bot/stream",
    fetch: async (url, init) => {
      await allSent(client)
      return fetch(url, init)
    },
  })
  const host = createAiSdkHost({ transport })
  connectChat({ host, context: client, understand })
  const chat = new Chat({ transport: host.transport, messages: [fromBot(greeting)] })
  createRoot(place).render(<Conversation chat={chat} />)
  return {
    send: (text) => void chat.sendMessage({ text }),
    say: (text) => {
      chat.messages = [...chat.messages, fromBot(text)]
    },
  }
}

const fromBot = (text: string): UIMessage => ({
  id: crypto.randomUUID(),
  role: "assistant",
  parts: [{ type: "text", text }],
})

const Conversation = ({ chat }: { readonly chat: Chat<UIMessage> }) => {
  const { messages, sendMessage, error } = useChat({ chat })
  const [text, setText] = useState("")
  const end = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is new is scrolled to
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" })
  }, [messages])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== "") void sendMessage({ text })
    setText("")
  }
  return (
    <div className="use-chat">
      <div className="messages" role="log">
        {messages.map(({ id, role, parts }) => (
          <p key={id} className={role}>
            {parts.map((part) => (part.type === "text" ? part.text : "")).join("")}
          </p>
        ))}
        {error && <p className="assistant">The shop did not answer. Try again.</p>}
        <div ref={end} />
      </div>
      <form onSubmit={submit}>
        <input
          aria-label="Message"
          placeholder="Write a message"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit">Send</button>
      </form>
    </div>
  )
}
