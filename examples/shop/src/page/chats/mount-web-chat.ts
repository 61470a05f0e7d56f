import { connectChat } from "@tellonce/chat"
import { createWebChatHost } from "@tellonce/chat/webchat"
// The built script holds all it needs; the package's modules need some hundred others.
import "../../../node_modules/botframework-webchat/dist/webchat-minimal.js"
import { understand } from "../../understand.ts"
import { greeting } from "../../words/return-bot.ts"
import { isDark } from "../is-dark.ts"
import type { MountChat } from "./chat-widget.ts"
import { createDirectLine } from "./create-direct-line.ts"

declare const WebChat: {
  createStore(initial: object, ...middleware: readonly unknown[]): { dispatch(action: object): void }
  renderWebChat(options: object, element: HTMLElement): void
}

export const mountWebChat: MountChat = ({ place, client, answer }) => {
  const host = createWebChatHost()
  const store = WebChat.createStore({}, host.middleware)
  const { directLine, say } = createDirectLine(answer)
  connectChat({ host, context: client, understand })
  WebChat.renderWebChat({ directLine, store, styleOptions: styleOptions() }, place)
  say(greeting)
  return {
    send: (text) => store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { text, method: "keyboard" } }),
    say,
  }
}

const styleOptions = () => ({
  primaryFont: "system-ui, sans-serif",
  backgroundColor: "transparent",
  hideUploadButton: true,
  bubbleBorderRadius: 10,
  bubbleFromUserBorderRadius: 10,
  bubbleBorderWidth: 0,
  bubbleFromUserBorderWidth: 0,
  bubbleFromUserBackground: isDark() ? "#155e52" : "#0b6b5d",
  bubbleFromUserTextColor: "#fff",
  bubbleBackground: isDark() ? "#2e333c" : "#eeece7",
  bubbleTextColor: isDark() ? "#e9eaec" : "#1d2129",
  sendBoxBackground: isDark() ? "#262a31" : "#fff",
  sendBoxTextColor: isDark() ? "#e9eaec" : "#1d2129",
  sendBoxBorderTop: `1px solid ${isDark() ? "#343942" : "#e2ded6"}`,
  subtle: isDark() ? "#a3abb8" : "#5a6270",
})
