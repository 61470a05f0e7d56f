import { createWebChatHost } from "@tellonce/chat/webchat"
// The built script holds all it needs; the package's modules need some hundred others.
import "../../../node_modules/botframework-webchat/dist/webchat-minimal.js"
import { createDirectLine } from "./create-direct-line.ts"
import { exposeHost, hearApp } from "./expose-host.ts"

type Middleware = ReturnType<typeof createWebChatHost>["middleware"]

const { WebChat } = window as unknown as {
  WebChat: {
    createStore(initial: object, ...middleware: readonly Middleware[]): object
    renderWebChat(options: object, element: HTMLElement): void
  }
}

const appMiddleware: Middleware = () => (next) => (action) => {
  if (action.type === "WEB_CHAT/SEND_MESSAGE") hearApp(action.payload?.text ?? "")
  return next(action)
}
const host = createWebChatHost({ onError: () => {} })
exposeHost(host)
const bot = createDirectLine()
const element = document.createElement("main")
element.style.height = "400px"
document.body.append(element)
WebChat.renderWebChat(
  { directLine: bot.directLine, store: WebChat.createStore({}, appMiddleware, host.middleware) },
  element,
)
Object.assign(window, { bot })
