import type { ContextClient } from "@tellonce/client"
import { inText, inWords } from "@tellonce/core"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { orderLine } from "../words/order-line.ts"
import { orderNews } from "../words/order-news.ts"
import { allSent } from "./all-sent.ts"
import type { ChatWidget, MountChat } from "./chats/chat-widget.ts"
import { createRefresh } from "./create-refresh.ts"
import { create, element } from "./element.ts"
import { shopServer } from "./shop-server.ts"
import { showTabs } from "./tabs.ts"

const openings = [
  "Order A-1042: my hand blender is broken, I want to return it.",
  "Where is my order?",
  "A replacement, please.",
] as const

/** Each is loaded when it is first opened. */
const hosts: readonly { readonly id: string; readonly title: string; load(): Promise<MountChat> }[] = [
  { id: "deep-chat", title: "deep-chat", load: async () => (await import("./chats/mount-deep-chat.ts")).mountDeepChat },
  { id: "web-chat", title: "Web Chat", load: async () => (await import("./chats/mount-web-chat.ts")).mountWebChat },
  { id: "use-chat", title: "useChat", load: async () => (await import("./chats/mount-use-chat.tsx")).mountUseChat },
]

/** The chats of three vendors, all of one context; above them what the customer need not type again. */
export const showChat = async (client: ContextClient<ShopFields>): Promise<void> => {
  let current: ChatWidget | undefined
  const answer = async () => {
    await allSent(client)
    return (await shopServer.post<{ readonly text: string }>("bot")).text
  }
  const widgets = new Map<string, ChatWidget>()
  const choose = showTabs(
    "chat-tabs",
    "chats",
    hosts.map(({ id, title, load }) => ({
      id,
      title,
      async open(place) {
        widgets.set(id, (await load())({ place, client, answer }))
      },
      shown: () => {
        current = widgets.get(id)
      },
    })),
  )
  showOpenings((text) => current?.send(text))
  followKnown(client)
  followNews(client, (text) => current?.say(text))
  await choose("deep-chat")
}

const showOpenings = (send: (text: string) => void) => {
  const buttons = openings.map((text) => {
    const button = create("button", { type: "button" }, text)
    button.addEventListener("click", () => send(text))
    return button
  })
  element("suggestions").replaceChildren(...buttons)
}

const followKnown = (client: ContextClient<ShopFields>) => {
  const show = () => {
    const answers = client.ask(returnCase)
    const known = returnCase.flatMap((name) => {
      const given = answers[name]
      return given.answer === "skip" ? [`${inWords(name)} ${inText(given.value)} (${given.known})`] : []
    })
    element("chat-known").textContent = known.length === 0 ? "" : `No need to type again: ${known.join("; ")}.`
    element("chat-order").textContent = orderLine(client.view()) ?? ""
  }
  client.subscribe(show)
  setInterval(show, 10_000)
  show()
}

/** What the bot says of its own accord: a delay, and that what it told is no longer so. */
const followNews = (client: ContextClient<ShopFields>, say: (text: string) => void) => {
  const refresh = createRefresh(async () => {
    if (orderNews(client.view(), "web-chat") === undefined) return
    const { text } = await shopServer.post<{ readonly text: string | null }>("bot/news")
    if (text !== null) say(text)
  })
  client.subscribe(refresh)
  refresh()
}
