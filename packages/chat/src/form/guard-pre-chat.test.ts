import { createWidget } from "@livechat/widget-core"
import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { runCrisp } from "../hosts/crisp.fixture.ts"
import { createCrispHost } from "../hosts/crisp.ts"
import { openGlobalPage } from "../hosts/global-page.fixture.ts"
import { runLiveChat } from "../hosts/livechat.fixture.ts"
import { createLiveChatHost } from "../hosts/livechat.ts"
import { guardPreChat } from "./guard-pre-chat.ts"

const definition = defineContext({
  name: "shop",
  version: 1,
  fields: { mail: latest(z.string()), fullName: latest(z.string(), { freshFor: "1h" }) },
})

const openContext = () => {
  let now = 1_000_000
  const port = createMemoryPort({ definition, now: () => now })
  return {
    ...port,
    ask: (names: readonly ("mail" | "fullName")[]) =>
      ask(applySignals(emptyContext(definition), port.signals), names, { now }),
    age: (ms: number) => {
      now += ms
    },
  }
}
const openPage = () => new JSDOM("", { url: "http://localhost/" }).window as unknown as Window
const filled = async (host: { ready(): Promise<void> }) => {
  await host.ready()
  await Promise.resolve()
}
const fields = { email: "mail", name: "fullName" } as const

it("what is known for sure is filled in, now and later; what may have changed is left to the form", async () => {
  const page = openPage()
  const widget = runCrisp(page)
  const context = openContext()
  context.record({ channel: "mail", facts: { fullName: "Ada" } })
  context.age(2 * 3_600_000)
  const host = createCrispHost({ page })
  const stop = guardPreChat({ host, context, fields })
  await host.ready()
  expect(widget.identity()).toEqual({})
  context.record({ channel: "mail", facts: { mail: "ada@example.com" } })
  await host.ready()
  expect(widget.identity()).toEqual({ "user:email": ["ada@example.com"] })
  stop()
  context.record({ channel: "mail", facts: { mail: "other@example.com" } })
  await filled(host)
  expect(widget.identity()).toEqual({})
})

it("what we filled in is no claim of the customer; what they type instead is one", async () => {
  const page = openPage()
  const widget = runCrisp(page)
  const claims: unknown[] = []
  const host = createCrispHost({ page })
  host.subscribe((event) => claims.push(event))
  host.prefill({ email: "ada@example.com" })
  await filled(host)
  expect([widget.identity(), claims]).toEqual([{ "user:email": ["ada@example.com"] }, []])
  widget.claim("other@example.com")
  expect(claims).toEqual([{ type: "identity.claimed", email: "other@example.com" }])
})

it("what was filled in is emptied on release, and when it is no longer known; what the customer typed instead stays", async () => {
  const page = openPage()
  const widget = runCrisp(page)
  const context = openContext()
  const host = createCrispHost({ page })
  const guard = () => guardPreChat({ host, context, fields })
  const stop = guard()
  context.record({ channel: "mail", facts: { mail: "ada@example.com", fullName: "Ada" } })
  await filled(host)
  expect(widget.identity()).toEqual({ "user:email": ["ada@example.com"], "user:nickname": ["Ada"] })
  context.record({ channel: "mail", cleared: ["fullName"] })
  await filled(host)
  expect(widget.identity()).toEqual({ "user:email": ["ada@example.com"] })
  stop()
  await filled(host)
  expect(widget.identity()).toEqual({})
  const stopAgain = guard()
  await filled(host)
  widget.claim("other@example.com")
  stopAgain()
  await filled(host)
  expect(widget.identity()).toEqual({ "user:email": ["other@example.com"] })
})

it("what the customer typed instead stays, whatever becomes known", async () => {
  const page = openPage()
  const widget = runCrisp(page)
  const host = createCrispHost({ page })
  host.prefill({ email: "ada@example.com" })
  await filled(host)
  widget.claim("other@example.com")
  for (const name of ["Ada", "Ada L."]) {
    host.prefill({ email: "ada@example.com", name })
    await filled(host)
    expect(widget.identity()).toEqual({ "user:email": ["other@example.com"], "user:nickname": [name] })
  }
  widget.claim("ada@example.com")
  host.prefill({ email: "lovelace@example.com", name: "Ada L." })
  await filled(host)
  expect(widget.identity()).toMatchObject({ "user:email": ["lovelace@example.com"] })
})

it("what is no longer known when the widget comes is never told to it", async () => {
  const page = openPage()
  const host = createCrispHost({ page })
  host.prefill({ email: "ada@example.com" })
  host.prefill({ name: "Eve" })
  Object.assign(page, { $crisp: [] })
  await filled(host)
  expect((page as { $crisp?: unknown }).$crisp).toEqual([["set", "user:nickname", ["Eve"]]])
})

it("LiveChat takes both by its own calls, from its queue on, and empties them with a blank", async () => {
  const { page, close } = openGlobalPage("<head></head>")
  createWidget({ license: "12345" }).init()
  const host = createLiveChatHost({ page })
  host.prefill({ email: "ada@example.com", name: "Ada" })
  await filled(host)
  host.prefill({ email: "ada@example.com" })
  await filled(host)
  const widget = runLiveChat(page)
  const claims: unknown[] = []
  host.subscribe((event) => claims.push(event))
  expect(widget.identity()).toEqual({ id: "v1", email: "ada@example.com", name: " " })
  host.prefill({})
  await filled(host)
  expect(widget.identity()).toEqual({ id: "v1", email: " ", name: " " })
  widget.claim(" ")
  widget.claim("eve@example.com")
  expect(claims).toEqual([{ type: "identity.claimed", email: "eve@example.com", name: undefined }])
  close()
})
