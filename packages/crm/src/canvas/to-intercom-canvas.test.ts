import { brief, defineContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { germanLabels } from "../panel/labels/german.ts"
import { toIntercomCanvas } from "./to-intercom-canvas.ts"

/** The components as Canvas Kit's reference has them, as far as they are used. */
const Text = z.strictObject({
  type: z.literal("text"),
  text: z.string(),
  style: z.enum(["header", "paragraph", "muted"]),
})
const Row = z.strictObject({ type: z.literal("field-value"), field: z.string(), value: z.string() })
const Item = z.strictObject({ type: z.literal("item"), id: z.string(), title: z.string(), subtitle: z.string() })
const Component = z.union([
  Text,
  z.strictObject({ type: z.literal("divider") }),
  z.strictObject({ type: z.literal("data-table"), items: z.array(Row) }),
  z.strictObject({ type: z.literal("list"), items: z.array(Item) }),
])
const Canvas = z.strictObject({ content: z.strictObject({ components: z.array(Component) }) })

const fields = { city: latest(z.string(), {}), note: latest(z.string(), {}) }
const definition = defineContext({ name: "shop", version: 1, fields })
const open = () => createMemoryPort({ definition, now: () => 120_000 })
const channel = "web-chat"
const proven = { name: "linked", to: { kind: "email", value: "ada@example.com" }, proof: "verified" } as const
const claimed = { name: "linked", to: { kind: "phone", value: "+49 30 901820" }, proof: "claimed" } as const

it("shows who, what is wanted and known and not to be asked, in components that Intercom has", () => {
  const port = open()
  port.record({ channel, at: 0, event: proven })
  port.record({ channel, at: 0, event: claimed })
  port.record({ channel, at: 0, facts: { city: "Potsdam" }, event: { name: "message", text: "Hello" } })
  const { canvas } = toIntercomCanvas(brief(port.view(), { nextStep: () => "Say hello." }))
  expect(Canvas.safeParse(canvas).error).toBeUndefined()
  const said = JSON.stringify(canvas)
  for (const part of [
    "Verified: ada@example[.]com",
    "Claim, not proven: +49 30 901820",
    "City: Potsdam",
    "Next step: Say hello.",
    "Do not ask again",
    "Hello",
  ]) {
    expect(said).toContain(part)
  }
})

it("an unknown customer is said to be one, in the agent's language", () => {
  const { canvas } = toIntercomCanvas(brief(open().view()), germanLabels)
  expect(canvas.content.components).toEqual([{ type: "text", style: "muted", text: "Noch nicht erkannt" }])
})

it("nothing a customer wrote is a link, and none of it is hidden", () => {
  const port = open()
  const text = "[click](javascript:alert(1)) https://evil.example/x \u202egnp\u200b"
  port.record({ channel, facts: { city: text, note: text }, event: { name: "message", text } })
  port.record({ channel, event: { name: "linked", to: { kind: "user", value: text }, proof: "claimed" } })
  const said = JSON.stringify(toIntercomCanvas(brief(port.view())))
  expect(said).not.toMatch(/:\/\/evil|javascript:|\]\(|\u202e|\u200b/)
})

it("whatever is known, the answer is below Intercom's 64 KB, and the danger stands before the knowledge", () => {
  const wide = Object.fromEntries(Array.from({ length: 400 }, (_, place) => [`field${place}`, latest(z.string(), {})]))
  const port = createMemoryPort({ definition: defineContext({ name: "wide", version: 1, fields: wide }), now: () => 0 })
  port.record({ channel, facts: Object.fromEntries(Object.keys(wide).map((name) => [name, "€".repeat(400)])) })
  const actions = { refund: { fails: "closed", policies: [() => ({ reason: "Too late.", change: "None." })] } } as const
  const { canvas } = toIntercomCanvas(brief(port.view(), { actions }))
  const said = JSON.stringify({ canvas })
  expect(new TextEncoder().encode(said).length).toBeLessThan(64_000)
  expect(said).toContain("Do not: Refund")
})

it("no number of claims pushes out who is proven, what not to do and what was said", () => {
  const port = open()
  port.record({ channel, at: 0, event: proven })
  for (let place = 0; place < 100; place += 1) {
    const to = { kind: "user", value: `${place} ${"€".repeat(300)}` }
    port.record({ channel, event: { name: "linked", to, proof: "claimed" } })
  }
  port.record({ channel, event: { name: "message", text: "Hello" } })
  const actions = { refund: { fails: "closed", policies: [() => ({ reason: "Too late.", change: "None." })] } } as const
  const said = JSON.stringify(toIntercomCanvas(brief(port.view(), { actions })))
  expect(new TextEncoder().encode(said).length).toBeLessThan(64_000)
  for (const part of ["Verified: ada@example[.]com", "Do not: Refund", "Hello"]) expect(said).toContain(part)
})

it("what is too long is cut between characters, not within one", () => {
  const port = open()
  port.record({ channel, event: { name: "message", text: `${"x".repeat(299)}👟${"x".repeat(9)}` } })
  const { components } = toIntercomCanvas(brief(port.view())).canvas.content
  const titles = components.flatMap((component) => (component.type === "list" ? component.items : []))
  expect(titles.map(({ title }) => title)).toEqual([`${"x".repeat(299)}…`])
})
