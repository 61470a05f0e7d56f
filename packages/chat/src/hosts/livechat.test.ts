import { createWidget } from "@livechat/widget-core"
import { chatHostSuite } from "@tellonce/testing"
import { expect, it } from "vitest"
import { openGlobalPage } from "./global-page.fixture.ts"
import { runLiveChat } from "./livechat.fixture.ts"
import { createLiveChatHost } from "./livechat.ts"

/** A page with LiveChat's own loader, which leaves a queue, and the app's own handler by it. */
const openPage = () => {
  const { page, close } = openGlobalPage("<head></head>")
  const heard: string[] = []
  const load = () => {
    createWidget({
      license: "12345",
      customerEmail: "owner@example.com",
      onNewEvent: ({ author }) => author.type === "customer" && heard.push("message"),
    }).init()
    return runLiveChat(page)
  }
  return { page, load, heard, close }
}

chatHostSuite({
  name: "LiveChat",
  can: ["send", "receive", "open", "close", "start", "end", "claim"],
  knowsVisitors: true,
  hears: "messages",
  limits: { keys: 99, text: 1_000, key: /./, types: ["string"] },
  withoutPage: () => createLiveChatHost(),
  setup: () => {
    const { page, load, heard, close } = openPage()
    const { listening, ...widget } = load()
    return { ...widget, host: createLiveChatHost({ page, onError: () => {} }), appHeard: () => heard, teardown: close }
  },
  late: () => {
    const { page, load, heard, close } = openPage()
    let widget: ReturnType<typeof runLiveChat> | undefined
    return {
      host: createLiveChatHost({ page }),
      load: () => {
        widget = load()
      },
      send: () => widget?.send(),
      appHeard: () => heard,
      attributes: () => widget?.attributes() ?? {},
      teardown: close,
    }
  },
  broken: () => {
    const { page, close } = openPage()
    const errors: unknown[] = []
    const fail = () => {
      throw new Error("blocked")
    }
    Object.assign(page, { LiveChatWidget: { on: fail, off: fail, call: fail, get: fail } })
    const host = createLiveChatHost({ page, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: close }
  },
})

it("the last one who leaves takes all of our handlers along, and none of the app's", async () => {
  const { page, load, close } = openPage()
  const widget = load()
  const own = widget.listening()
  const stop = createLiveChatHost({ page }).subscribe(() => {})
  expect(widget.listening()).toBeGreaterThan(own)
  stop()
  expect(widget.listening()).toBe(own)
  close()
})
