import { defineActions, isTellonceError, type View } from "@tellonce/core"
import { createElement as h } from "react"
import { expect, expectTypeOf, it } from "vitest"
import { createTellonceHooks } from "./create-tellonce-hooks.ts"
import { during, Probe, render, renderToString } from "./render.suite.ts"
import { createShop, hooks, minute, shop } from "./shop.suite.ts"

const { TellonceProvider, useAsk, useDecision, useFact, useFocus, useReadiness, useRecord, useTell, useView } = hooks
const channel = "web-chat"

/** Renders a component that shows what `use` answers, and counts how often it is rendered. */
const show = async (use: () => unknown, { port, schedule } = createShop()) => {
  let renderings = 0
  const counted = () => {
    renderings++
    return use()
  }
  const rendered = await render(h(TellonceProvider, { context: port, schedule }, h(Probe, { use: counted })))
  return { ...rendered, renderings: () => renderings, read: () => JSON.parse(rendered.text()) }
}

it("a fact is read with its state and source, and typed by the definition", async () => {
  const { port, ...rest } = createShop()
  const use = () => {
    const order = useFact("orderNumber")
    expectTypeOf(order.value).toEqualTypeOf<string | undefined>()
    expectTypeOf<Parameters<typeof useFact>[0]>().toEqualTypeOf<keyof (typeof shop)["fields"]>()
    return order
  }
  const shown = await show(use, { port, ...rest })
  expect(shown.read()).toEqual({ state: "unknown" })
  await during(() => port.record({ channel, facts: { orderNumber: "A-1" } }))
  expect(shown.read()).toMatchObject({ state: "fresh", value: "A-1", channel, authority: "customer" })
})

it("what is known before the first rendering is in it", async () => {
  const { port, ...rest } = createShop()
  port.record({ channel, facts: { orderNumber: "A-1" } })
  const shown = await show(() => [useFact("orderNumber").value], { port, ...rest })
  expect([shown.read(), shown.renderings()]).toEqual([["A-1"], 1])
})

it("a component is rendered again only when what it reads says something else", async () => {
  const { port, ...rest } = createShop()
  const uses = {
    fact: () => useFact("orderNumber"),
    part: () => useView((seen) => ({ order: seen.orderNumber.value })),
    ready: () => useReadiness({ orderNumber: 1 }),
    asked: () => useAsk(["orderNumber"]),
    whole: () => useView(),
  }
  const shown: Awaited<ReturnType<typeof show>>[] = []
  for (const use of Object.values(uses)) shown.push(await show(use, { port, ...rest }))
  const counts = () => shown.map(({ renderings }) => renderings())
  expect(counts()).toEqual([1, 1, 1, 1, 1])
  await during(() => port.record({ channel, facts: { intent: "return" } }))
  expect(counts()).toEqual([1, 1, 1, 1, 2])
  await during(() => port.record({ channel, facts: { orderNumber: "A-1" } }))
  expect(counts()).toEqual([2, 2, 2, 2, 3])
})

it("growing older is no reason to render again; becoming stale is", async () => {
  const clock = createShop()
  clock.port.record({
    channel,
    facts: { intent: "return", person: { age: 30 } },
    event: { name: "message", text: "Hi" },
  })
  const fact = await show(() => useFact("intent"), clock)
  const whole = await show(() => useView(), clock)
  await during(() => clock.pass(10 * minute))
  expect([fact.renderings(), whole.renderings()]).toEqual([1, 1])
  await during(() => clock.pass(21 * minute))
  expect([fact.renderings(), whole.renderings()]).toEqual([2, 2])
  expect(fact.read()).toMatchObject({ state: "stale", value: "return" })
})

it("a customer's own fact that is named age is a fact", async () => {
  const { port, ...rest } = createShop()
  const shown = await show(() => useFact("person").value?.age, { port, ...rest })
  await during(() => port.record({ channel, facts: { person: { age: 30 } } }))
  await during(() => port.record({ channel, facts: { person: { age: 31 } } }))
  expect(shown.read()).toBe(31)
})

it("the ask guard answers from the port where it can, and from the view where not", async () => {
  const { port, ...rest } = createShop()
  port.record({ channel, facts: { guests: 4 }, matter: "trip-1" })
  const fromView = await show(
    () => {
      const answers = useAsk(["guests"], { matter: "trip-2" })
      expectTypeOf<Extract<typeof answers.guests, { answer: "skip" }>["value"]>().toEqualTypeOf<number>()
      return answers
    },
    { port, ...rest },
  )
  expect(fromView.read().guests).toMatchObject({ answer: "confirm", reason: "other_matter", value: 4 })
  const asking = {
    ...port,
    ask: () => ({ guests: { answer: "ask", reason: "unknown", question: "How many?" } }) as never,
  }
  const fromPort = await show(() => useAsk(["guests"]), { port: asking, ...rest })
  expect(fromPort.read().guests.question).toBe("How many?")
})

it("focus, readiness and decisions follow the view", async () => {
  const { port, ...rest } = createShop()
  const actions = defineActions<View<(typeof shop)["fields"]>, "promote">({
    promote: {
      fails: "closed",
      policies: [(seen) => (seen.intent.value === "return" ? { reason: "A return.", change: "Wait." } : undefined)],
    },
  })
  const shown = await show(
    () => {
      const first = useFocus({ weights: { person: 0 } })[0]?.field
      expectTypeOf(first).toEqualTypeOf<keyof (typeof shop)["fields"] | undefined>()
      return [first, useReadiness({ intent: 3, guests: 1 }).missing, useDecision(actions, "promote").allowed]
    },
    { port, ...rest },
  )
  expect(shown.read()).toEqual([null, ["intent", "guests"], true])
  await during(() => port.record({ channel, facts: { intent: "return", person: { age: 3 } } }))
  expect(shown.read()).toEqual(["intent", ["guests"], false])
})

it("what is told leaves out what a blank form leaves blank, and the function to tell with stays the same", async () => {
  const { port, ...rest } = createShop()
  const tells = new Set<unknown>()
  let tellIt = () => {}
  const use = () => {
    const tell = useTell({ channel: "shop-page", matter: "m-1" })
    tells.add(tell).add(useRecord())
    expectTypeOf(tell).parameter(0).toHaveProperty("guests").toEqualTypeOf<number | null | undefined>()
    tellIt = () => tell({ guests: 4, orderNumber: "" })
    return useView()
  }
  await show(use, { port, ...rest })
  await during(() => tellIt())
  await during(() => port.record({ channel, facts: { intent: "browse" } }))
  expect(port.signals[0]).toMatchObject({ channel: "shop-page", matter: "m-1", facts: { guests: 4 } })
  expect(tells.size).toBe(2)
})

it("two definitions in one page stay apart", async () => {
  const other = createTellonceHooks(shop)
  const [outer, inner] = [createShop(), createShop()]
  outer.port.record({ channel, facts: { orderNumber: "outer" } })
  inner.port.record({ channel, facts: { orderNumber: "inner" } })
  const use = () => `${useFact("orderNumber").value} ${other.useFact("orderNumber").value}`
  const { text } = await render(
    h(TellonceProvider, { context: outer.port }, h(other.TellonceProvider, { context: inner.port }, h(Probe, { use }))),
  )
  expect(text()).toBe("outer inner")
})

it("a hook outside of its provider says what to do", () => {
  const use = () => useFact("orderNumber").state
  let thrown: unknown
  try {
    renderToString(h(Probe, { use }))
  } catch (error) {
    thrown = error
  }
  expect(isTellonceError(thrown) && thrown.code).toBe("react/no_provider")
  expect(String(thrown)).toMatch(/TellonceProvider/)
})
