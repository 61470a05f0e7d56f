import { type ChatHost, type ChatHostEvent, defineContext, emptyContext, latest, recent, score } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import { describe, expect, it, vi } from "vitest"
import * as z from "zod/mini"
import { type ChatConnection, connectChat } from "./connect-chat.ts"

const shop = defineContext({
  name: "acme",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { scope: "matter", freshFor: "30d" }),
    visits: latest(z.number()),
    viewed: recent(z.string(), { keep: 3 }),
    mood: score({ halfLife: "10m" }),
    visitDate: latest(z.string(), { keepFor: "1d" }),
  },
})
type ShopFields = typeof shop.fields

const turn = () => new Promise((resolve) => setTimeout(resolve))

/** A widget that takes no attributes until it recovers. */
const refusing = (how: string) => {
  let isWell = false
  let start = () => {}
  const pushed: unknown[] = []
  const host: ChatHost = {
    ready: () => Promise.resolve(),
    subscribe: (emit) => {
      start = () => emit({ type: "conversation.started" })
      return () => {}
    },
    setAttributes: (attributes) => {
      if (isWell) return void pushed.push(attributes)
      if (how === "throws") throw new Error("refused")
      return Promise.reject(new Error("refused"))
    },
  }
  const recover = () => {
    isWell = true
  }
  return { host, pushed, recover, start: () => start() }
}

/** A widget that says nothing and takes everything. */
const silent: ChatHost = { ready: () => Promise.resolve(), subscribe: () => () => {}, setAttributes: () => {} }

const openChat = (options: Partial<ChatConnection<ShopFields>> = {}) => {
  let now = 1_000_000
  const context = createMemoryPort({ definition: shop, now: () => now })
  const listeners = new Set<(event: ChatHostEvent) => void>()
  const pushed: unknown[] = []
  const errors: unknown[] = []
  const tasks: (() => void)[] = []
  const host: ChatHost = {
    ready: () => Promise.resolve(),
    subscribe: (emit) => {
      listeners.add(emit)
      return () => listeners.delete(emit)
    },
    setAttributes: (attributes) => pushed.push(attributes),
  }
  const disconnect = connectChat({
    host,
    context,
    understand: (text) => {
      const [orderNumber] = /\b[A-Z]-\d{4}\b/.exec(text) ?? []
      return orderNumber === undefined ? {} : { orderNumber }
    },
    onError: (error) => errors.push(error),
    schedule: (task) => {
      tasks.push(task)
      return () => tasks.splice(tasks.indexOf(task), 1)
    },
    ...options,
  })
  return {
    context,
    emit: (event: ChatHostEvent) => {
      for (const listener of listeners) listener(event)
    },
    pushed,
    errors,
    /** The rest between two pushes ends. */
    rest: () => {
      for (const task of tasks.splice(0)) task()
    },
    waiting: () => tasks.length,
    age: (ms: number) => {
      now += ms
    },
    listeners,
    disconnect,
  }
}

describe("what is said", () => {
  it("becomes one signal with the facts found in it", () => {
    const { context, emit } = openChat()
    emit({ type: "message.sent", text: " Where is A-1042? " })
    expect(context.signals).toHaveLength(1)
    expect(context.signals[0]).toMatchObject({
      authority: "customer",
      channel: "web-chat",
      event: { name: "message", text: "Where is A-1042?" },
      facts: { orderNumber: "A-1042" },
    })
    expect(context.view().orderNumber).toMatchObject({ state: "fresh", value: "A-1042", channel: "web-chat" })
  })

  it("by the other side is a message of the bot, or of an agent, and states no facts", () => {
    const bot = openChat({ channel: "ai-chat" })
    bot.emit({ type: "message.received", text: "A-1042 is on its way." })
    const desk = openChat({ answeredBy: "agent" })
    desk.emit({ type: "message.received", text: "A-1042 is on its way." })
    expect(bot.context.signals).toMatchObject([{ authority: "bot", channel: "ai-chat" }])
    expect(desk.context.signals).toMatchObject([{ authority: "agent" }])
    expect(bot.context.view().orderNumber.state).toBe("unknown")
  })

  it("is recorded when `understand` throws, and the error is told", () => {
    const broken = new Error("no model")
    const { context, emit, errors } = openChat({
      understand: () => {
        throw broken
      },
    })
    emit({ type: "message.sent", text: "Where is A-1042?" })
    expect(context.signals).toMatchObject([{ event: { name: "message", text: "Where is A-1042?" } }])
    expect(errors).toEqual([broken])
  })

  it("is not lost to an empty fact, which no signal may hold", () => {
    const { context, emit } = openChat({ understand: () => ({ orderNumber: "", visits: 2 }) })
    emit({ type: "message.sent", text: "hello" })
    expect(context.refused).toEqual([])
    expect(context.signals).toMatchObject([{ facts: { visits: 2 } }])
  })

  it("is admitted however long it is", () => {
    const { context, emit } = openChat()
    emit({ type: "message.sent", text: "x".repeat(100_000) })
    expect(context.refused).toEqual([])
    expect(context.signals).toHaveLength(1)
  })

  it("without words says nothing", () => {
    const { context, emit } = openChat()
    emit({ type: "message.sent" })
    emit({ type: "message.sent", text: "  " })
    emit({ type: "opened" })
    emit({ type: "conversation.ended" })
    expect([context.signals, context.refused]).toEqual([[], []])
  })
})

describe("a message the host names", () => {
  it("is one signal, however often it is told, and grows no younger", () => {
    const { context, emit, age } = openChat()
    const event = { type: "message.sent", text: "A-1042", messageId: "m1", conversationId: "c1" } as const
    emit(event)
    age(60_000)
    emit(event)
    expect(context.signals.map(({ id }) => id)).toEqual(["web-chat:c1:m1"])
    expect(context.view().orderNumber).toMatchObject({ age: 60_000 })
  })

  it("has the same id in another connection, and another in another conversation", () => {
    const idOf = (conversationId: string) => {
      const { context, emit } = openChat()
      emit({ type: "message.sent", text: "hello", messageId: "m1", conversationId })
      return context.signals[0]?.id
    }
    expect(idOf("c1")).toBe(idOf("c1"))
    expect(idOf("c1")).not.toBe(idOf("c2"))
  })

  it.each(["has space", "has#hash", "x".repeat(200)])(
    "by what cannot be an id is named by the port (%#)",
    (messageId) => {
      const { context, emit } = openChat()
      emit({ type: "message.sent", text: "hello", messageId })
      emit({ type: "message.sent", text: "hello", messageId })
      expect(context.signals.map(({ id }) => id)).toEqual(["memory-1", "memory-2"])
    },
  )
})

it("an address typed into a form is a claim and never a proof", () => {
  const { context, emit } = openChat()
  emit({ type: "identity.claimed", email: " Ada@Example.com ", name: "Ada" })
  emit({ type: "identity.claimed", name: "Ada" })
  expect(context.signals).toHaveLength(1)
  expect(context.view().$.links).toEqual([{ kind: "email", value: "ada@example.com", proof: "claimed" }])
})

describe("attributes", () => {
  const attributes = ["orderNumber", "visits", "viewed", "visitDate"] as const
  const state = (port: ReturnType<typeof openChat>["context"], facts: object) =>
    port.record({ channel: "web", facts: facts as Record<string, unknown> })

  it("go out flat, when the widget is ready", async () => {
    const { context, pushed, emit } = openChat({ attributes })
    state(context, { orderNumber: "A-1042", visits: 2, viewed: ["shoes", "hats"] })
    expect(pushed).toEqual([])
    await Promise.resolve()
    expect(pushed).toEqual([{ orderNumber: "A-1042", visits: 2, viewed: "hats, shoes" }])
    emit({ type: "opened" })
    expect(pushed).toHaveLength(1)
  })

  it("go out at once, then only what differs and once per rest", async () => {
    const { context, pushed, rest, waiting } = openChat({ attributes })
    await Promise.resolve()
    state(context, { visits: 1 })
    state(context, { visits: 2 })
    state(context, { visits: 3, orderNumber: "A-1042" })
    expect(pushed).toEqual([{ visits: 1 }])
    rest()
    expect(pushed).toEqual([{ visits: 1 }, { visits: 3, orderNumber: "A-1042" }])
    rest()
    expect(waiting()).toBe(0)
    state(context, { visits: 3 })
    expect(pushed).toHaveLength(2)
  })

  it("that are forgotten or too old are removed", async () => {
    const { context, pushed, rest, age } = openChat({ attributes })
    state(context, { visits: 1, visitDate: "2025-12-01" })
    await Promise.resolve()
    context.record({ channel: "web", cleared: ["visits"] })
    rest()
    age(86_400_000)
    rest()
    state(context, { orderNumber: "A-1042" })
    expect(pushed.slice(1)).toEqual([{ visits: null }, { orderNumber: "A-1042", visitDate: null }])
  })

  it("are sent again when a conversation starts", async () => {
    const { context, pushed, emit } = openChat({ attributes })
    emit({ type: "conversation.started" })
    await Promise.resolve()
    state(context, { visits: 1 })
    emit({ type: "conversation.started", conversationId: "c1" })
    expect(pushed).toEqual([{ visits: 1 }, { visits: 1 }])
  })

  it("go out at the pace of the host, unless the app sets its own", async () => {
    const timers: unknown[] = []
    vi.stubGlobal("setTimeout", (_: () => void, ms: number) => timers.push(ms))
    const host = { ...silent, pace: 90_000 }
    const { context } = openChat({ attributes, host, schedule: undefined })
    const { context: other } = openChat({ attributes, host })
    await Promise.resolve()
    for (const port of [context, other]) state(port, { visits: 1 })
    vi.unstubAllGlobals()
    expect(timers).toEqual([90_000])
  })

  it("go out with each change where the host has no pace", async () => {
    const { context, pushed } = openChat({ attributes, schedule: undefined })
    await Promise.resolve()
    for (const visits of [1, 2]) state(context, { visits })
    expect(pushed).toEqual([{ visits: 1 }, { visits: 2 }])
  })

  it("are not sent unless chosen", async () => {
    const { context, pushed } = openChat()
    state(context, { visits: 1 })
    await Promise.resolve()
    expect(pushed).toEqual([])
  })
})

describe("the page", () => {
  it("is not thrown at by a widget that fails", async () => {
    const failing: ChatHost = {
      ready: () => Promise.reject(new Error("blocked")),
      subscribe: () => {
        throw new Error("gone")
      },
      setAttributes: () => {},
    }
    const { errors, disconnect } = openChat({ host: failing, attributes: ["visits"] })
    await turn()
    expect(errors.map(String)).toEqual(["Error: gone", "Error: blocked"])
    expect(disconnect).not.toThrow()
  })

  it("hears of a refused attribute, and the other subscribers of the context go on", async () => {
    const { context, errors, emit } = openChat({
      host: {
        ready: () => Promise.resolve(),
        subscribe: () => () => {},
        setAttributes: () => {
          throw new Error("refused")
        },
      },
      attributes: ["visits"],
    })
    await Promise.resolve()
    const views: unknown[] = []
    context.subscribe((view) => views.push(view.visits.value))
    context.record({ channel: "web", facts: { visits: 1 } })
    emit({ type: "opened" })
    expect([errors.map(String), views]).toEqual([["Error: refused"], [1]])
  })

  it.each(["throws", "rejects"])("whose widget %s at attributes has them there with the next change", async (how) => {
    const { host, pushed, recover } = refusing(how)
    const { context, errors, rest, waiting } = openChat({ host, attributes: ["visits", "orderNumber"] })
    context.record({ channel: "web", facts: { visits: 1, orderNumber: "A-1042" } })
    await turn()
    rest()
    expect([errors.map(String), waiting()]).toEqual([["Error: refused"], 0])
    context.record({ channel: "web", cleared: ["visits"] })
    await turn()
    recover()
    context.record({ channel: "web", facts: { mood: 1 } })
    rest()
    expect([errors.length, pushed]).toEqual([2, [{ orderNumber: "A-1042", visits: null }]])
  })

  it.each(["throws", "rejects"])("whose widget %s at attributes has them in the next conversation", async (how) => {
    const { host, pushed, recover, start } = refusing(how)
    const { context } = openChat({ host, attributes: ["visits"] })
    context.record({ channel: "web", facts: { visits: 1 } })
    await turn()
    recover()
    start()
    expect(pushed).toEqual([{ visits: 1 }])
  })

  it("that disconnects is heard and told no more", async () => {
    const { context, emit, pushed, rest, waiting, listeners, disconnect } = openChat({ attributes: ["visits"] })
    context.record({ channel: "web", facts: { visits: 1 } })
    await Promise.resolve()
    context.record({ channel: "web", facts: { visits: 2 } })
    disconnect()
    disconnect()
    rest()
    context.record({ channel: "web", facts: { visits: 3 } })
    emit({ type: "message.sent", text: "hello" })
    expect([pushed, waiting(), listeners.size]).toEqual([[{ visits: 1 }], 0, 0])
    expect(context.signals).toHaveLength(3)
  })
})

it("the fields of a client's chat are those of its definition", () => {
  const context = { ...createMemoryPort({ definition: shop, now: () => 0 }), context: () => emptyContext(shop) }
  const host = silent
  connectChat({ host, context, attributes: ["visits"], understand: (text) => ({ orderNumber: text || undefined }) })()
  // @ts-expect-error: no such field
  connectChat({ host, context, attributes: ["visit"] })()
  // @ts-expect-error: no such field
  connectChat({ host, context, understand: () => ({ orderNumbr: "A-1042" }) })()
  // @ts-expect-error: a number
  connectChat({ host, context, understand: () => ({ visits: "2" }) })()
  expect(context.refused).toEqual([])
})
