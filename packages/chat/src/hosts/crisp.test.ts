import { chatHostSuite } from "@tellonce/testing"
import { Crisp } from "crisp-sdk-web"
import { expect, it } from "vitest"
import { runCrisp } from "./crisp.fixture.ts"
import { createCrispHost } from "./crisp.ts"
import { openGlobalPage } from "./global-page.fixture.ts"

/** A page with Crisp's own loader, and the app's own handler by it. */
const openPage = () => {
  const { page, close } = openGlobalPage("<head></head>")
  const heard: string[] = []
  const load = () => {
    Object.assign(page, { $crisp: [] })
    Crisp.configure("11111111-2222-3333-4444-555555555555", { autoload: false })
    Crisp.message.onMessageSent(({ content }: { content: string }) => heard.push(content))
    Crisp.user.setEmail("owner@example.com")
    return runCrisp(page)
  }
  return { page, load, heard, close }
}

chatHostSuite({
  name: "Crisp",
  can: ["send", "receive", "open", "close", "start", "claim"],
  knowsVisitors: true,
  hears: "words",
  key: (name) => ({ orderNumber: "order_number" })[name] ?? name,
  limits: { keys: 100, text: 1_000, key: /^[a-z0-9_-]+$/, types: ["string", "number", "boolean"] },
  withoutPage: () => createCrispHost(),
  setup: () => {
    const { page, load, heard, close } = openPage()
    const { sendFile, ...widget } = load()
    return { ...widget, host: createCrispHost({ page, onError: () => {} }), appHeard: () => heard, teardown: close }
  },
  late: () => {
    const { page, load, heard, close } = openPage()
    let widget: ReturnType<typeof runCrisp> | undefined
    return {
      host: createCrispHost({ page }),
      load: () => {
        widget = load()
      },
      send: (text) => widget?.send(text),
      appHeard: () => heard,
      attributes: () => widget?.attributes() ?? {},
      teardown: close,
    }
  },
  broken: () => {
    const { page, close } = openPage()
    const errors: unknown[] = []
    const push = () => {
      throw new Error("blocked")
    }
    Object.assign(page, { $crisp: { push } })
    const host = createCrispHost({ page, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: close }
  },
})

it("a file is a message without words, and the address of it is not taken for one", () => {
  const { page, load, close } = openPage()
  const widget = load()
  const events: unknown[] = []
  createCrispHost({ page }).subscribe((event) => events.push(event))
  widget.sendFile()
  expect(events).toEqual([{ type: "message.sent", text: undefined, messageId: undefined }])
  close()
})
