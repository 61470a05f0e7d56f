import { chatHostSuite } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import { runTawk } from "./tawk.fixture.ts"
import { createTawkHost } from "./tawk.ts"

const openPage = () => {
  const page = new JSDOM("", { url: "http://localhost/" }).window as unknown as Window & { Tawk_API?: object }
  const heard: string[] = []
  page.Tawk_API = { onChatMessageVisitor: (text: string) => heard.push(text) }
  return { page, heard }
}

chatHostSuite({
  name: "Tawk",
  can: ["send", "receive", "open", "close", "start", "end", "claim"],
  knowsVisitors: true,
  hears: "words",
  key: (name) => ({ orderNumber: "order-number" })[name] ?? name,
  removed: "-",
  limits: { keys: 50, text: 255, key: /^[a-z0-9-]+$/, types: ["string"] },
  withoutPage: () => createTawkHost(),
  setup: () => {
    const { page, heard } = openPage()
    const { leaveMessage, ...widget } = runTawk(page)
    return {
      ...widget,
      host: createTawkHost({ page, onError: () => {} }),
      appHeard: () => heard,
      teardown: () => page.close(),
    }
  },
  late: () => {
    const { page, heard } = openPage()
    let widget: ReturnType<typeof runTawk> | undefined
    return {
      host: createTawkHost({ page }),
      load: () => {
        widget = runTawk(page)
      },
      send: (text) => widget?.send(text),
      appHeard: () => heard,
      attributes: () => widget?.attributes() ?? {},
      teardown: () => page.close(),
    }
  },
  broken: () => {
    const { page } = openPage()
    const errors: unknown[] = []
    const fail = () => {
      throw new Error("blocked")
    }
    page.Tawk_API = { setAttributes: fail }
    const host = createTawkHost({ page, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: () => page.close() }
  },
})

it("a message left while nobody is there is said, and its address is a claim", () => {
  const { page } = openPage()
  const widget = runTawk(page)
  const events: unknown[] = []
  createTawkHost({ page }).subscribe((event) => events.push(event))
  widget.leaveMessage({ name: "Ada", email: "ada@example.com", message: "Where is A-1042?" })
  expect(events).toEqual([
    { type: "identity.claimed", email: "ada@example.com", name: "Ada" },
    { type: "message.sent", text: "Where is A-1042?" },
  ])
})

it("attributes that Tawk does not take are told to onError, and go along with the next change", async () => {
  const { page } = openPage()
  const errors: unknown[] = []
  const given: object[] = []
  const answers = ["SESSION_EXPIRED", undefined]
  const setAttributes = (attributes: object, done: (error?: string) => void) => {
    given.push(attributes)
    done(answers.shift())
  }
  page.Tawk_API = { setAttributes }
  const host = createTawkHost({ page, onError: (error) => errors.push(error) })
  await host.ready()
  host.setAttributes({ orderNumber: "A-1042" })
  expect(errors).toMatchObject([{ code: "chat/attributes_refused", cause: "SESSION_EXPIRED" }])
  host.setAttributes({ visits: 2 })
  host.setAttributes({ visits: 3 })
  expect(given.slice(1)).toEqual([{ "order-number": "A-1042", visits: "2" }, { visits: "3" }])
})
