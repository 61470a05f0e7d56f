import { useChat } from "@ai-sdk/react"
import { createAiSdkHost } from "@tellonce/chat/ai-sdk"
import { DefaultChatTransport } from "ai"
import { createElement, StrictMode, useState } from "react"
import { createRoot } from "react-dom/client"
import { exposeHost, hearApp } from "./expose-host.ts"

/** The app's own transport, with a body and a look at what goes out. */
const transport = new DefaultChatTransport({
  api: new URLSearchParams(location.search).get("api") ?? "",
  body: () => ({ tenant: "acme" }),
  fetch: (url, init) => {
    hearApp(JSON.parse(String(init?.body)).messages.at(-1).parts[0].text)
    return fetch(url, init)
  },
})
const host = createAiSdkHost({ transport, onError: () => {} })
exposeHost(host)

const Chat = () => {
  const { messages, sendMessage, regenerate, stop } = useChat({ transport: host.transport })
  const [text, setText] = useState("")
  const lines = messages.map(({ id, role, parts }) =>
    createElement("p", { key: id, className: role }, ...parts.map((part) => (part.type === "text" ? part.text : ""))),
  )
  const submit = () => {
    void sendMessage({ text })
    setText("")
  }
  return createElement(
    "main",
    {},
    ...lines,
    createElement("input", { value: text, onChange: (event) => setText((event.target as HTMLInputElement).value) }),
    createElement("button", { type: "button", id: "send", onClick: submit }, "Send"),
    createElement("button", { type: "button", id: "again", onClick: () => void regenerate() }, "Again"),
    createElement("button", { type: "button", id: "stop", onClick: () => void stop() }, "Stop"),
  )
}

createRoot(document.body.appendChild(document.createElement("div"))).render(
  createElement(StrictMode, {}, createElement(Chat)),
)
