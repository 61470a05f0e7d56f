import { defineContext, isEvent, latest } from "@tellonce/core"
import { chatHostSuite, createMemoryPort } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { connectChat } from "../connect-chat.ts"
import { runChatwoot } from "./chatwoot.fixture.ts"
import { createChatwootHost } from "./chatwoot.ts"

const openPage = () => new JSDOM("", { url: "http://localhost/" }).window as unknown as Window & { $chatwoot?: object }

/** The app's own handler is on the window first. A throwing listener elsewhere is the host's affair. */
const hearOwn = (page: Window) => {
  const heard: string[] = []
  page.addEventListener("chatwoot:on-message", (event) => {
    const { content, message_type } = (event as CustomEvent).detail
    if (message_type === 0) heard.push(content)
  })
  return () => heard
}

chatHostSuite({
  name: "Chatwoot",
  can: ["send", "receive", "open", "close", "start", "claim"],
  knowsVisitors: false,
  hears: "words",
  limits: { keys: 100, text: 1_000, key: /^[\w-]+$/, types: ["string", "number", "boolean"] },
  withoutPage: () => createChatwootHost(),
  setup: () => {
    const page = openPage()
    const { note, ...widget } = runChatwoot(page)
    widget.start()
    const appHeard = hearOwn(page)
    return { ...widget, appHeard, host: createChatwootHost({ page, onError: () => {} }), teardown: () => page.close() }
  },
  late: () => {
    const page = openPage()
    let widget: ReturnType<typeof runChatwoot> | undefined
    return {
      host: createChatwootHost({ page }),
      load: () => {
        widget = runChatwoot(page)
        widget.start()
      },
      send: (text) => {
        widget?.send(text)
      },
      appHeard: () => [],
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
    page.$chatwoot = { hasLoaded: true, setConversationCustomAttributes: fail }
    const host = createChatwootHost({ page, onError: (error) => errors.push(error) })
    return { host, errors: () => errors, teardown: () => page.close() }
  },
})

it("a message has its ids; a note of the system and a private one are not said to the customer", () => {
  const page = openPage()
  const events: unknown[] = []
  createChatwootHost({ page }).subscribe((event) => events.push(event))
  const widget = runChatwoot(page)
  widget.send("Hello")
  widget.note("Ada was assigned")
  expect(events).toEqual([
    { type: "conversation.started", conversationId: "7" },
    { type: "message.sent", text: "Hello", messageId: "1", conversationId: "7" },
  ])
})

it("the address that comes along with every message is claimed once, and another once more", () => {
  const page = openPage()
  const definition = defineContext({ name: "acme", version: 1, fields: {} })
  const context = createMemoryPort({ definition, now: () => 1_000_000 })
  connectChat({ host: createChatwootHost({ page }), context })
  const widget = runChatwoot(page)
  for (const email of ["ada@example.com", "Ada@Example.com", "eve@example.com", "ada@example.com"]) widget.claim(email)
  const said = context.signals.map(({ event }) => (isEvent(event, "linked") ? event.to.value : event?.name))
  expect(said).toEqual(["ada@example.com", "message", "message", "eve@example.com", "message", "message"])
})

it("a conversation has its attributes from its first message on, and those of before with each that is set", async () => {
  const page = openPage()
  const widget = runChatwoot(page)
  const definition = defineContext({
    name: "acme",
    version: 1,
    fields: { orderNumber: latest(z.string()), visits: latest(z.number()) },
  })
  const context = createMemoryPort({ definition, now: () => 1_000_000 })
  const host = createChatwootHost({ page })
  const state = (facts: Record<string, unknown>) => context.record({ channel: "web", facts })
  connectChat({ host, context, attributes: ["orderNumber", "visits"], schedule: () => () => {} })
  state({ orderNumber: "A-1042" })
  await host.ready()
  await Promise.resolve()
  widget.start()
  expect(widget.attributes()).toEqual({ orderNumber: "A-1042" })
  host.setAttributes({ visits: 1 })
  expect(widget.attributes()).toEqual({ orderNumber: "A-1042", visits: 1 })
  host.setAttributes({ orderNumber: null })
  expect(widget.attributes()).toEqual({ visits: 1 })
  host.setAttributes({ visits: null })
  expect(widget.attributes()).toEqual({})
})
