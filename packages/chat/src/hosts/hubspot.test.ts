import { chatHostSuite } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import { runHubSpot } from "./hubspot.fixture.ts"
import { createHubSpotHost } from "./hubspot.ts"

const properties = { orderNumber: "order_number", visits: "shop_visits", gone: "shop_gone" }

interface HubSpotWindow extends Window {
  HubSpotConversations?: { on(event: string, listener: () => void): void }
}
const openPage = () => new JSDOM("", { url: "http://localhost/" }).window as unknown as HubSpotWindow

const run = (page: HubSpotWindow) => {
  const { listening, ...widget } = runHubSpot(page)
  const heard: string[] = []
  page.HubSpotConversations?.on("userInteractedWithWidget", () => heard.push("opened"))
  return { ...widget, appHeard: () => heard }
}

chatHostSuite({
  name: "HubSpot",
  can: ["open", "close", "start", "end", "claim"],
  knowsVisitors: true,
  hears: "nothing",
  key: (name) => properties[name as keyof typeof properties] ?? name,
  limits: { keys: 100, text: 1_000, key: /^[a-z0-9_]+$/, types: ["string", "number", "boolean"] },
  withoutPage: () => createHubSpotHost({ properties }),
  setup: () => {
    const page = openPage()
    return {
      ...run(page),
      host: createHubSpotHost({ page, properties, onError: () => {} }),
      teardown: () => page.close(),
    }
  },
  late: () => {
    const page = openPage()
    let widget: ReturnType<typeof run> | undefined
    return {
      host: createHubSpotHost({ page, properties }),
      load: () => {
        widget = run(page)
      },
      open: () => widget?.open(),
      appHeard: () => widget?.appHeard() ?? [],
      attributes: () => widget?.attributes() ?? {},
      teardown: () => page.close(),
    }
  },
  broken: () => {
    const page = openPage()
    const errors: unknown[] = []
    const fail = () => {
      throw new Error("blocked")
    }
    Object.assign(page, { HubSpotConversations: { on: fail, off: fail }, _hsq: { push: fail } })
    const host = createHubSpotHost({ page, properties, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: () => page.close() }
  },
})

it("the last one who leaves takes all of our handlers along", () => {
  const page = openPage()
  const widget = runHubSpot(page)
  const stop = createHubSpotHost({ page, properties }).subscribe(() => {})
  expect(widget.listening()).toBe(5)
  stop()
  expect(widget.listening()).toBe(0)
})

it("a property that says who the visitor is, is refused at once", () => {
  expect(() => createHubSpotHost({ properties: { mail: "Email" } })).toThrow(
    expect.objectContaining({ code: "chat/identity_as_attribute" }),
  )
})
