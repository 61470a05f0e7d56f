import { Chat } from "@ai-sdk/react"
import { connectChat } from "@tellonce/chat"
import { createAiSdkHost } from "@tellonce/chat/ai-sdk"
import { createWebChatHost } from "@tellonce/chat/webchat"
import { type ContextClient, createClient, createMemoryStorage } from "@tellonce/client"
import type { ChatHost } from "@tellonce/core"
import { DefaultChatTransport } from "ai"
import { afterEach, expect, it } from "vitest"
import { shop } from "../service-under-test.ts"

interface Posted {
  readonly type: string
  readonly payload?: { readonly activity: { readonly channelData?: { readonly context?: unknown } } }
}

const open: ContextClient<typeof shop.fields>[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.close()
})

const openClient = () => {
  const client = createClient({
    context: shop,
    url: "http://127.0.0.1:9",
    key: "pk_for-the-tests",
    storage: createMemoryStorage(),
    fetch: () => Promise.reject(new TypeError("Nobody is there.")),
  })
  open.push(client)
  return client
}

const understand = (text: string) => ({ orderNumber: /\bA-\d{4}\b/.exec(text)?.[0] })
const connect = async (host: ChatHost) => {
  const context = openClient()
  connectChat({ host, context, understand, attributes: ["orderNumber"] })
  await host.ready()
  return context
}

const openWebChat = () => {
  const contexts: unknown[] = []
  const host = createWebChatHost({ page: {} as Window })
  const dispatch = host.middleware({ dispatch: undefined })(({ type, payload }: Posted) => {
    if (type === "DIRECT_LINE/POST_ACTIVITY") contexts.push(payload?.activity.channelData?.context)
  })
  const post = (activity: object) => dispatch({ type: "DIRECT_LINE/POST_ACTIVITY", payload: { activity } })
  return { host, contexts, post, connectLine: () => dispatch({ type: "DIRECT_LINE/CONNECT_FULFILLED" }) }
}

/** An endpoint that answers nothing, and the contexts that came to it. */
const openAiSdk = () => {
  const contexts: unknown[] = []
  const transport = new DefaultChatTransport({
    fetch: (_, init) => {
      contexts.push(JSON.parse(String(init?.body)).context)
      return Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.close() })))
    },
  })
  return { contexts, host: createAiSdkHost({ transport, page: {} as Window }) }
}

/** Each chat writes its messages in one turn, and answers what went out with them. */
const chats = {
  "the AI SDK": async (texts: readonly string[]) => {
    const { host, contexts } = openAiSdk()
    await connect(host)
    const send = (text: string) =>
      host.transport.sendMessages({
        trigger: "submit-message",
        chatId: "c1",
        messageId: undefined,
        messages: [{ id: text, role: "user", parts: [{ type: "text", text }] }],
        abortSignal: undefined,
      })
    await Promise.all(texts.map(send))
    return contexts
  },
  "Web Chat": async (texts: readonly string[]) => {
    const { host, contexts, post, connectLine } = openWebChat()
    await connect(host)
    connectLine()
    for (const text of texts) post({ type: "message", text })
    return contexts
  },
}

it.each(Object.entries(chats))("what a message states goes out with that message: %s and a client", async (_, chat) => {
  expect(await chat(["Where is A-1042?", "I mean A-2000."])).toEqual([
    { orderNumber: "A-1042" },
    { orderNumber: "A-2000" },
  ])
})

it("an event that an app sends as Web Chat connects carries what is known", async () => {
  const { host, contexts, post, connectLine } = openWebChat()
  const client = await connect(host)
  client.tell({ orderNumber: "A-1042" }, { channel: "shop-page" })
  await Promise.resolve()
  connectLine()
  post({ type: "event", name: "webchat/join" })
  expect(contexts).toEqual([{ orderNumber: "A-1042" }])
})

it("a message edited in the AI SDK is said anew, and one sent again as it was is not", async () => {
  const { host, contexts } = openAiSdk()
  const client = await connect(host)
  const chat = new Chat({ transport: host.transport })
  await chat.sendMessage({ text: "Where is A-1042?" })
  const [message] = chat.messages
  await chat.sendMessage({ text: "Where is A-2000?", messageId: message?.id ?? "" })
  await chat.sendMessage()
  expect(contexts).toEqual([{ orderNumber: "A-1042" }, { orderNumber: "A-2000" }, { orderNumber: "A-2000" }])
  expect(client.view().$.messages.map(({ value }) => value.text)).toEqual(["Where is A-2000?", "Where is A-1042?"])
})
