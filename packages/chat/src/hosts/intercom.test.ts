import { Intercom, onShow } from "@intercom/messenger-js-sdk"
import { chatHostSuite } from "@tellonce/testing"
import { expect, it } from "vitest"
import { openGlobalPage } from "./global-page.fixture.ts"
import { runIntercom } from "./intercom.fixture.ts"
import { createIntercomHost } from "./intercom.ts"

/** A page with Intercom's own loader, which leaves a queue, and the app's own callback. */
const openPage = () => {
  const { page, close } = openGlobalPage("<script></script>")
  const heard: string[] = []
  const load = () => {
    Intercom({ app_id: "abc123", user_id: "42", email: "owner@example.com" })
    onShow(() => heard.push("opened"))
  }
  return { page, load, heard, close }
}

const setup = () => {
  const { page, load, heard, close } = openPage()
  load()
  const widget = runIntercom(page)
  const { open, close: hide, supplyEmail, writes, identity, attributes } = widget
  return {
    host: createIntercomHost({ page, onError: () => {} }),
    open,
    close: hide,
    claim: supplyEmail,
    appHeard: () => heard,
    writes,
    identity,
    attributes,
    teardown: close,
  }
}

const setupLate = () => {
  const { page, load, heard, close } = openPage()
  let widget: ReturnType<typeof runIntercom> | undefined
  return {
    host: createIntercomHost({ page }),
    load: () => {
      load()
      widget = runIntercom(page)
    },
    open: () => widget?.open(),
    appHeard: () => heard,
    attributes: () => widget?.attributes() ?? {},
    teardown: close,
  }
}

chatHostSuite({
  name: "Intercom",
  can: ["open", "close", "claim"],
  knowsVisitors: true,
  hears: "nothing",
  limits: { keys: 100, text: 255, key: /^[\w -]+$/, types: ["string", "number", "boolean"] },
  withoutPage: () => createIntercomHost(),
  setup,
  late: setupLate,
  broken: () => {
    const { page, close } = openPage()
    const errors: unknown[] = []
    const fail = () => {
      throw new Error("blocked")
    }
    Object.assign(page, { Intercom: fail })
    const host = createIntercomHost({ page, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: close }
  },
})

it("the loader's queue is enough: what is said into it reaches the messenger that takes it over", async () => {
  const { page, load, close } = openPage()
  load()
  const host = createIntercomHost({ page })
  const types: string[] = []
  host.subscribe(({ type }) => types.push(type))
  host.setAttributes({ orderNumber: "A-1042", email: "ada@example.com" })
  await host.ready()
  const widget = runIntercom(page)
  widget.open()
  expect(types).toEqual(["opened"])
  expect(widget.attributes()).toEqual({ orderNumber: "A-1042", context_email: "ada@example.com" })
  expect(widget.identity()).toEqual({ user_id: "42", email: "owner@example.com" })
  close()
})

it("what the messenger threw at goes along with the next change, removals too", async () => {
  const { page, close } = openPage()
  let isBlocked = false
  const updates: unknown[] = []
  const intercom = (command: string, changed: object) => {
    if (isBlocked) throw new Error("blocked")
    if (command === "update") updates.push(changed)
  }
  Object.assign(page, { Intercom: intercom })
  const errors: unknown[] = []
  const host = createIntercomHost({ page, onError: (error) => errors.push(error) })
  await host.ready()
  host.setAttributes({ orderNumber: "A-1042" })
  isBlocked = true
  host.setAttributes({ orderNumber: null, visits: 2 })
  isBlocked = false
  host.setAttributes({ page: "returns" })
  expect([errors.map(String), updates]).toEqual([
    ["Error: blocked"],
    [{ orderNumber: "A-1042" }, { orderNumber: null, visits: 2, page: "returns" }],
  ])
  close()
})
