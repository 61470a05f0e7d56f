import type { ChatHostEvent } from "@tellonce/core"
import { chatHostSuite } from "@tellonce/testing"
import { build } from "esbuild"
import { JSDOM } from "jsdom"
import { beforeAll, describe, expect, it } from "vitest"
import { createDeepChatHost, type DeepChatElement, type DeepChatRequest } from "./deep-chat.ts"

interface RealDeepChat extends DeepChatElement {
  connect: object
  history: readonly object[]
  onMessage: (body: { message: { role: string; text: string }; isHistory: boolean }) => void
  submitUserMessage(content: { text: string }): void
  addMessage(message: { role: string; text: string }, tellListeners: boolean): void
}

let deepChat: string

beforeAll(async () => {
  const entry = { contents: `import "deep-chat"`, resolveDir: import.meta.dirname }
  const built = await build({ stdin: entry, bundle: true, format: "iife", write: false, logLevel: "error" })
  deepChat = built.outputFiles[0]?.text ?? ""
})

/** The real element in jsdom, which lacks layout: the two things deep-chat asks of it are filled in. */
const openPage = () => {
  const dom = new JSDOM("<body><deep-chat></deep-chat></body>", {
    runScripts: "outside-only",
    url: "http://localhost/",
  })
  dom.virtualConsole.removeAllListeners("jsdomError")
  const { HTMLElement, document } = dom.window
  Object.defineProperty(HTMLElement.prototype, "innerText", {
    get(this: HTMLElement) {
      return this.textContent
    },
    set(this: HTMLElement, text: string) {
      this.textContent = text
    },
  })
  HTMLElement.prototype.scrollTo = () => {}
  return { dom, element: document.querySelector("deep-chat") as RealDeepChat }
}

const openDeepChat = async (
  interceptor?: (request: DeepChatRequest) => DeepChatRequest,
  history: readonly object[] = [],
) => {
  const { dom, element } = openPage()
  dom.window.eval(deepChat)
  const requests: Record<string, unknown>[] = []
  const heard: string[] = []
  element.history = history
  element.connect = {
    handler: (body: Record<string, unknown>, { onResponse }: { onResponse(answer: object): void }) => {
      requests.push(body)
      onResponse({ text: "noted" })
    },
  }
  element.onMessage = ({ message, isHistory }) => {
    if (!isHistory && message.role === "user") heard.push(message.text)
  }
  if (interceptor) element.requestInterceptor = interceptor
  const host = createDeepChatHost(element)
  await host.ready()
  await drawn()
  const send = async (text: string) => {
    const before = requests.length
    element.submitUserMessage({ text })
    await until(() => requests.length > before)
    await drawn()
  }
  return { dom, element, host, heard, requests, send }
}

/** deep-chat draws and answers in timers of no length. */
const drawn = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve))
}
const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve))
}

chatHostSuite({
  name: "deep-chat 2",
  can: ["send", "receive"],
  knowsVisitors: false,
  hears: "words",
  withoutPage: () => createDeepChatHost(undefined),
  setup: async () => {
    const { dom, element, host, heard, requests, send } = await openDeepChat()
    return {
      host,
      send,
      receive: async (text) => {
        element.addMessage({ role: "ai", text }, true)
        await drawn()
      },
      appHeard: () => heard,
      attributes: async () => {
        await send("what do you know?")
        return (requests.at(-1)?.context ?? {}) as Record<string, unknown>
      },
      teardown: () => dom.window.close(),
    }
  },
})

describe("requests of deep-chat", () => {
  it("carry the attributes past the app's own interceptor, which has the last word", async () => {
    const { host, requests, send } = await openDeepChat((request) => ({
      ...request,
      body: { ...request.body, seen: Object.keys(request.body.context), tenant: "acme" },
    }))
    host.setAttributes({ orderNumber: "A-1042" })
    await send("hello")
    expect(requests).toEqual([
      {
        messages: [{ role: "user", text: "hello" }],
        context: { orderNumber: "A-1042" },
        seen: ["orderNumber"],
        tenant: "acme",
      },
    ])
  })

  it("are left as they are while there are no attributes", async () => {
    const { requests, send } = await openDeepChat()
    await send("hello")
    expect(requests).toEqual([{ messages: [{ role: "user", text: "hello" }] }])
  })
})

it("the history is not said again", async () => {
  const { dom, element } = openPage()
  const events: ChatHostEvent[] = []
  createDeepChatHost(element).subscribe((event) => events.push(event))
  const replayed: unknown[] = []
  element.addEventListener("message", (event) => replayed.push((event as CustomEvent).detail.message.text))
  dom.window.eval(deepChat)
  element.history = [{ role: "user", text: "said yesterday" }]
  element.connect = { handler: () => {} }
  await until(() => replayed.length > 0)
  expect(events).toEqual([])
})

it.each(["on the page", "not on the page yet"])(
  "a host made before the element is defined, %s, is ready when it is, and loses nothing",
  async (place) => {
    const { dom, element } = openPage()
    if (place !== "on the page") element.remove()
    const host = createDeepChatHost(element)
    host.setAttributes({ orderNumber: "A-1042" })
    dom.window.eval(deepChat)
    await host.ready()
    dom.window.document.body.append(element)
    const told = await element.requestInterceptor?.({ body: { messages: [] } })
    expect(told).toEqual({ body: { messages: [], context: { orderNumber: "A-1042" } } })
  },
)
