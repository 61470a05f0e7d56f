import { createElement as h, useEffect } from "react"
import { expect, it, vi } from "vitest"
import { during, hydrate, Probe, render, renderStrictly, renderToString } from "./render.suite.ts"
import { createRemoteShop, createShop, hooks } from "./shop.suite.ts"

const { TellonceProvider, useDecision, useFact, useRecord } = hooks
const channel = "web-chat"
const order = (value: string) => ({ channel, facts: { orderNumber: value } })
const useOrder = () => useFact("orderNumber").value

/** A client that logs when it is made and closed. */
const connecting = () => {
  const remote = createRemoteShop()
  const connect = () => {
    remote.log.push("made")
    return remote.port
  }
  return { ...remote, connect }
}

it("StrictMode makes one client, and leaving closes it", async () => {
  const { connect, log, schedule, listening } = connecting()
  const page = await renderStrictly(h(TellonceProvider, { connect, schedule }, h(Probe, { use: useOrder })))
  expect([log, listening()]).toEqual([["made"], 2])
  await page.unmount()
  expect([log, listening()]).toEqual([["made", "closed"], 0])
})

it("the app's own port is never closed", async () => {
  const { port, log, schedule, listening } = connecting()
  const page = await renderStrictly(h(TellonceProvider, { context: port, schedule }, h(Probe, { use: useOrder })))
  await page.unmount()
  expect([log, listening()]).toEqual([[], 0])
})

it("what the first effect records arrives, and what comes after the end makes no new client", async () => {
  const { connect, log, port } = connecting()
  let late = () => {}
  const use = () => {
    const record = useRecord()
    useEffect(() => {
      record(order("A-1"))
      late = () => record(order("A-2"))
    }, [record])
    return useOrder()
  }
  const page = await render(h(TellonceProvider, { connect }, h(Probe, { use })))
  expect(page.text()).toBe("A-1")
  await page.unmount()
  await during(late)
  expect([log, port.signals.length]).toEqual([["made", "closed"], 2])
})

it("another port is another customer", async () => {
  const [one, other] = [createShop(), createShop()]
  one.port.record(order("A-1"))
  other.port.record(order("B-2"))
  const inside = h(Probe, { use: useOrder })
  const page = await render(h(TellonceProvider, { context: one.port, schedule: one.schedule }, inside))
  expect(page.text()).toBe("A-1")
  await page.render(h(TellonceProvider, { context: other.port, schedule: other.schedule }, inside))
  expect([page.text(), one.listening()]).toEqual(["B-2", 0])
})

it("a server connects nothing and renders what it was given, or that nothing is known", () => {
  const { connect, log } = connecting()
  const use = () => `${useFact("orderNumber").state} ${useOrder()}`
  const inside = h(Probe, { use })
  expect(renderToString(h(TellonceProvider, { connect }, inside))).toBe("unknown undefined")
  const { port } = createShop()
  port.record(order("A-1"))
  expect(renderToString(h(TellonceProvider, { connect, initialView: port.view() }, inside))).toBe("fresh A-1")
  expect(log).toEqual([])
})

it("a page takes over what the server sent without a word of complaint, then says what it knows itself", async () => {
  const { port } = createShop()
  port.record(order("A-1"))
  const tree = h(TellonceProvider, { context: port }, h(Probe, { use: useOrder }))
  const page = await hydrate(tree, tree)
  expect([page.html, page.text(), page.complaints]).toEqual(["undefined", "A-1", []])
})

it("what came with the page stands until the service is heard, but for what is said meanwhile", async () => {
  const { port: server } = createShop()
  server.record({ channel, facts: { orderNumber: "A-1", intent: "browse" } })
  const initialView = JSON.parse(JSON.stringify(server.view()))
  const { connect, port, arrive, connection, schedule } = connecting()
  const use = () => `${useOrder()} ${useFact("intent").value}`
  const tree = h(TellonceProvider, { connect, initialView, schedule }, h(Probe, { use }))
  const page = await hydrate(tree, tree)
  expect([page.html, page.text(), page.complaints]).toEqual(["A-1 browse", "A-1 browse", []])
  await during(() => port.record({ channel, facts: { intent: "return" } }))
  expect(page.text()).toBe("A-1 return")
  await during(() => connection("live"))
  expect(page.text()).toBe("A-1 return")
  await during(arrive)
  expect(page.text()).toBe("undefined return")
  await during(() => connection("offline"))
  expect(page.text()).toBe("undefined return")
})

it("while the context is out of reach, an action does as it declares", async () => {
  const { connect, arrive, connection } = connecting()
  const actions = { promote: { fails: "closed" }, greet: { fails: "open" } } as const
  const use = () => [useDecision(actions, "promote").allowed, useDecision(actions, "greet").allowed].join()
  const page = await render(h(TellonceProvider, { connect }, h(Probe, { use })))
  expect(page.text()).toBe("false,true")
  await during(() => connection("live"))
  expect(page.text()).toBe("false,true")
  await during(arrive)
  expect(page.text()).toBe("true,true")
  await during(() => connection("offline"))
  expect(page.text()).toBe("false,true")
})

it("values are read again every ten seconds unless told otherwise", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
  const { port, pass } = createShop()
  port.record({ channel, facts: { intent: "return" } })
  const use = () => useFact("intent").state
  const page = await render(h(TellonceProvider, { context: port }, h(Probe, { use })))
  pass(31 * 60_000)
  await during(() => vi.advanceTimersByTime(9_999))
  expect(page.text()).toBe("fresh")
  await during(() => vi.advanceTimersByTime(1))
  expect(page.text()).toBe("stale")
  await page.unmount()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
