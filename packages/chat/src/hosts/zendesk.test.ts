import { chatHostSuite } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import { runZendesk } from "./zendesk.fixture.ts"
import { createZendeskHost } from "./zendesk.ts"

const fields = { orderNumber: "101", visits: "102", gone: "103" }
const openPage = () => new JSDOM("", { url: "http://localhost/" }).window as unknown as Window & { zE?: unknown }

const run = (page: Window) => {
  const { listening, ...widget } = runZendesk(page)
  const heard: string[] = []
  const { zE } = page as unknown as { zE(...args: readonly unknown[]): unknown }
  zE("messenger:on", "open", () => heard.push("opened"))
  return { ...widget, appHeard: () => heard }
}

chatHostSuite({
  name: "Zendesk",
  can: ["open", "close", "start"],
  knowsVisitors: false,
  hears: "nothing",
  key: (name) => fields[name as keyof typeof fields] ?? name,
  limits: { keys: 100, text: 1_000, key: /^10[123]$/, types: ["string", "number", "boolean"] },
  withoutPage: () => createZendeskHost({ fields }),
  setup: () => {
    const page = openPage()
    return { ...run(page), host: createZendeskHost({ page, fields, onError: () => {} }), teardown: () => page.close() }
  },
  late: () => {
    const page = openPage()
    let widget: ReturnType<typeof run> | undefined
    return {
      host: createZendeskHost({ page, fields }),
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
    page.zE = () => {
      throw new Error("blocked")
    }
    const host = createZendeskHost({ page, fields, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: () => page.close() }
  },
})

it("the last one who leaves takes all of our handlers along, and none of the app's", () => {
  const page = openPage()
  const widget = runZendesk(page)
  const { zE } = page as unknown as { zE(...args: readonly unknown[]): unknown }
  zE("messenger:on", "open", () => {})
  const stop = createZendeskHost({ page, fields }).subscribe(() => {})
  expect(widget.listening()).toBe(4)
  stop()
  expect(widget.listening()).toBe(1)
})

it("an attribute without a ticket field is left out, and named", async () => {
  const page = openPage()
  const widget = runZendesk(page)
  const errors: unknown[] = []
  const host = createZendeskHost({ page, fields, onError: (error) => errors.push(error) })
  await host.ready()
  host.setAttributes({ orderNumber: "A-1042", mood: "fine" })
  expect(widget.attributes()).toEqual({ "101": "A-1042" })
  expect(errors).toMatchObject([{ code: "chat/attributes_left_out", message: expect.stringContaining("mood") }])
})
