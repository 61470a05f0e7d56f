import { applySignals, ask, defineContext, emptyContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { JSDOM } from "jsdom"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { runCrisp } from "../hosts/crisp.fixture.ts"
import { createCrispHost } from "../hosts/crisp.ts"
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
  await host.ready()
  expect(widget.identity()).toEqual({ "user:email": ["ada@example.com"] })
})

it("what we filled in is no claim of the customer; what they type instead is one", async () => {
  const page = openPage()
  const widget = runCrisp(page)
  const claims: unknown[] = []
  const host = createCrispHost({ page })
  host.subscribe((event) => claims.push(event))
  host.prefill({ email: "ada@example.com" })
  await host.ready()
  await Promise.resolve()
  expect([widget.identity(), claims]).toEqual([{ "user:email": ["ada@example.com"] }, []])
  widget.claim("other@example.com")
  expect(claims).toEqual([{ type: "identity.claimed", email: "other@example.com" }])
})

it("LiveChat takes both by its own calls", async () => {
  const page = openPage()
  const calls: unknown[] = []
  Object.assign(page, { LiveChatWidget: { call: (...call: readonly unknown[]) => calls.push(call) } })
  const host = createLiveChatHost({ page })
  host.prefill({ email: "ada@example.com", name: "Ada" })
  await host.ready()
  await Promise.resolve()
  expect(calls).toEqual([
    ["set_customer_email", "ada@example.com"],
    ["set_customer_name", "Ada"],
  ])
})
