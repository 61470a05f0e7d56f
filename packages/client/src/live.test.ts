import { defineContext, type Signal, type TellonceError } from "@tellonce/core"
import { describe, expect, it, vi } from "vitest"
import { ada, createManualClock, openClient, service, shop, useBench } from "./bench.suite.ts"

useBench()

const fromMail = (id: string, facts: Signal["facts"], more: Partial<Signal> = {}): Signal => ({
  id,
  at: Date.now() - 1_000,
  identity: ada,
  authority: "customer",
  channel: "email",
  source: "smtp",
  facts,
  ...more,
})

const openForAda = (options: Parameters<typeof openClient>[0] = {}) =>
  openClient({ key: "sk_test", identity: ada, ...options })

describe("the live feed", () => {
  it("brings what is known, and then what other channels say", async () => {
    service.keep([fromMail("m1", { orderNumber: "A-1" })])
    const client = openForAda()
    const seen: unknown[] = []
    client.subscribe((view) => seen.push(view.orderNumber.value))
    await client.ready()
    expect(client.view().orderNumber.value).toBe("A-1")
    expect(client.status()).toMatchObject({ connection: "live" })
    service.keep([fromMail("m2", { orderNumber: "A-2" }, { at: Date.now() })])
    await vi.waitFor(() => expect(seen).toEqual(["A-1", "A-2"]))
  })

  it("resumes after a cut with the id it has seen, and misses nothing", async () => {
    service.keep([fromMail("m1", { viewed: "a" })])
    const client = openForAda()
    await client.ready()
    service.fail(2, 503, { path: "/v1/stream" })
    service.cut()
    service.keep([fromMail("m2", { viewed: "b" })])
    await vi.waitFor(() => expect(client.view().viewed.value).toEqual(["b", "a"]))
    const ids = service.requests("/v1/stream").map(({ headers }) => headers.get("last-event-id"))
    expect(ids).toEqual([null, "1", "1", "1"])
  })

  it("a snapshot replaces what was known: what the service has forgotten is forgotten here", async () => {
    service.keep([fromMail("m1", { orderNumber: "A-1" })])
    const client = openForAda()
    await client.ready()
    expect(client.view().orderNumber.state).toBe("fresh")
    service.forget(ada)
    await vi.waitFor(() => expect(client.view().orderNumber.state).toBe("unknown"))
  })

  it("what was told here and not yet sent outlives a snapshot", async () => {
    const client = openForAda()
    await client.ready()
    service.fail(1_000, "network", { path: "/v1/signals" })
    client.tell({ intent: "return" }, { channel: "page" })
    service.keep([fromMail("m1", { orderNumber: "A-1" })])
    await vi.waitFor(() => expect(client.view().orderNumber.value).toBe("A-1"))
    service.forget(ada)
    await vi.waitFor(() => expect(client.view().orderNumber.state).toBe("unknown"))
    expect(client.view().intent.value).toBe("return")
  })

  it("a connection that is silent for 45 seconds is dropped and opened again; a heartbeat keeps it", async () => {
    const clock = createManualClock(Date.now())
    const client = openForAda({ clock })
    await client.ready()
    clock.advance(30_000)
    service.heartbeat()
    await vi.waitFor(() => expect(clock.sleepers()).toContain(45_000))
    clock.advance(44_999)
    expect(service.requests("/v1/stream")).toHaveLength(1)
    clock.advance(1)
    await vi.waitFor(() => expect(client.status().connection).toBe("offline"))
    clock.advance(30_000)
    await vi.waitFor(() => expect(service.requests("/v1/stream")).toHaveLength(2))
    await vi.waitFor(() => expect(client.status().connection).toBe("live"))
  })

  it("ready resolves when the service cannot be reached", async () => {
    service.fail(1_000, "network")
    const client = openClient({ clock: createManualClock() })
    await client.ready()
    expect(client.status().connection).toBe("offline")
  })

  it("a context of another definition is reported, and what is told here still goes out", async () => {
    const newer = defineContext({ ...shop, version: 2 })
    const errors: string[] = []
    const client = openForAda({
      context: newer,
      clock: createManualClock(Date.now()),
      onError: ({ code }) => errors.push(code),
    })
    await client.ready()
    expect(errors).toEqual(["context/stranger"])
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(service.signals()).toHaveLength(1)
    expect(client.view().intent.value).toBe("buy")
  })
})

describe("what is told here", () => {
  it("is in the view at once, stays when it is acknowledged, and comes once from the feed", async () => {
    const client = openForAda()
    await client.ready()
    const changes: unknown[] = []
    client.subscribe(({ viewed }) => changes.push(viewed.value))
    client.tell({ viewed: "p1" }, { channel: "page" })
    expect(client.view().viewed.value).toEqual(["p1"])
    await client.flush()
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
    expect(client.view().viewed.value).toEqual(["p1"])
    service.keep([fromMail("later", { viewed: "p2" }, { at: Date.now() })])
    await vi.waitFor(() => expect(client.view().viewed.value).toEqual(["p2", "p1"]))
    expect(changes).toEqual([["p1"], ["p2", "p1"]])
  })

  it("is shown with the time the service gave it", async () => {
    const client = openForAda()
    await client.ready()
    client.record({ channel: "page", at: Date.now() + 3_600_000, facts: { intent: "buy" } })
    await client.flush()
    const { intent } = client.view()
    expect(intent.state === "fresh" && intent.at).toBe(service.signals()[0]?.at)
  })

  it("calls every listener, even after one that throws; that one is reported", async () => {
    const errors: TellonceError[] = []
    const client = openForAda({
      onError(error) {
        errors.push(error)
        throw new Error("even this one")
      },
    })
    await client.ready()
    const heard: string[] = []
    client.subscribe(() => {
      throw new Error("a bug of the page")
    })
    client.on("error", () => {
      throw new Error("another")
    })
    client.on("error", ({ code }) => heard.push(code))
    client.subscribe(() => heard.push("change"))
    client.tell({ intent: "buy" }, { channel: "page" })
    client.tell({ viewed: "p1" }, { channel: "page" })
    expect(heard).toEqual([])
    await vi.waitFor(() => expect(heard).toEqual(["client/listener", "change"]))
    expect(errors.map(({ code }) => code)).toContain("client/listener")
  })

  it("blank form fields are no statement", async () => {
    const client = openForAda()
    client.tell({ orderNumber: "", intent: null, viewed: [], tags: undefined }, { channel: "page" })
    client.tell({ orderNumber: "A-1", intent: undefined }, { channel: "page", matter: "return-1" })
    await client.flush()
    expect(service.signals()).toMatchObject([{ facts: { orderNumber: "A-1" }, matter: "return-1" }])
    expect(Object.keys(service.signals()[0]?.facts ?? {})).toEqual(["orderNumber"])
  })

  it("about someone else is sent and not shown", async () => {
    const client = openForAda()
    await client.ready()
    client.record({ channel: "page", identity: { kind: "user", value: "2" }, facts: { intent: "buy" } })
    expect(client.view().intent.state).toBe("unknown")
    await client.flush()
    expect(service.contextOf({ kind: "user", value: "2" }).entries.flat()).toHaveLength(1)
  })
})

describe("asking", () => {
  it("skips what is known, asks what is not, and never throws", async () => {
    const errors: string[] = []
    const client = openForAda({ onError: ({ code }) => errors.push(code) })
    client.tell({ intent: "return" }, { channel: "web-chat" })
    const { intent, orderNumber } = client.ask(["intent", "orderNumber"])
    expect(intent).toMatchObject({ answer: "skip", value: "return", known: "known from web chat, just now" })
    expect(orderNumber).toEqual({ answer: "ask", reason: "unknown", question: "What is your order number?" })
    expect(client.ask(["shoeSize" as "intent"])).toMatchObject({ shoeSize: { answer: "ask", reason: "unknown" } })
    expect(errors).toEqual(["definition/unknown_field"])
  })
})
