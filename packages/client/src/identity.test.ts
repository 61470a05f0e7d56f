import { describe, expect, it, vi } from "vitest"
import { ada, createManualClock, openClient, service, url, useBench } from "./bench.suite.ts"
import { createMemoryStorage } from "./kept/client-storage.ts"

useBench()

const bob = { kind: "email", value: "bob@example.com" }
const visitor = (number: number) => ({ kind: "anonymous", value: `visitor-${number}` })
const known = (identity: typeof ada) =>
  service
    .contextOf(identity)
    .entries.flat()
    .map(({ value }) => value)

describe("a visitor", () => {
  it("is opened once and found again by the next page", async () => {
    const storage = createMemoryStorage()
    const first = openClient({ storage })
    first.tell({ intent: "buy" }, { channel: "page" })
    await first.flush()
    first.close()
    const second = openClient({ storage })
    await second.ready()
    expect(second.view().intent.value).toBe("buy")
    expect(service.requests("/v1/visitors")).toHaveLength(1)
  })

  it("whose stored token is refused becomes a new one, and unsent signals go with it", async () => {
    const storage = createMemoryStorage()
    await storage.visitor.write({ identity: visitor(99), token: "long forgotten" })
    const errors: string[] = []
    const client = openClient({ storage, onError: ({ code }) => errors.push(code) })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(known(visitor(1))).toEqual(["buy"]))
    await vi.waitFor(() => expect(client.status().connection).toBe("live"))
    expect(service.requests("/v1/visitors")).toHaveLength(1)
    expect(await storage.visitor.read()).toMatchObject({ identity: visitor(1) })
    expect(errors).toEqual([])
  })

  it("is renewed once: a second refusal is reported, not repeated", async () => {
    service.fail(1_000, 401, { path: "/v1/signals" })
    const errors: string[] = []
    const clock = createManualClock(Date.now())
    const client = openClient({ clock, onError: ({ code }) => errors.push(code) })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(errors).toEqual(["fake/401"]))
    expect(service.requests("/v1/visitors")).toHaveLength(2)
    expect(service.requests("/v1/signals")).toHaveLength(2)
  })
})

describe("signing in", () => {
  it("again, once the token has ended, sends what was told meanwhile", async () => {
    const token = service.token({ kind: "customer", identity: ada })
    const errors: string[] = []
    const client = openClient({ token, onError: ({ code }) => errors.push(code) })
    await client.ready()
    service.revoke(token)
    client.tell({ intent: "return" }, { channel: "page" })
    await vi.waitFor(() => expect(errors).toContain("access/unknown_credential"))
    expect(known(ada)).toEqual([])
    client.identify(service.token({ kind: "customer", identity: ada }))
    await vi.waitFor(() => expect(known(ada)).toEqual(["return"]))
    expect(client.view().intent.value).toBe("return")
  })

  it("reads and writes the customer's context, and signing out is a new visitor who knows nothing of either", async () => {
    service.keep([
      {
        id: "m1",
        at: 1,
        identity: ada,
        authority: "customer",
        channel: "email",
        source: "smtp",
        facts: { orderNumber: "A-1" },
      },
    ])
    const client = openClient()
    await client.ready()
    client.tell({ intent: "browse" }, { channel: "page" })
    await client.flush()
    client.identify(service.token({ kind: "customer", identity: ada }))
    expect(client.view().intent.state).toBe("unknown")
    await vi.waitFor(() => expect(client.view().orderNumber.value).toBe("A-1"))
    client.tell({ intent: "return" }, { channel: "page" })
    await client.flush()
    expect(known(ada)).toEqual(["A-1", "return"])
    client.identify(undefined)
    expect(client.view().orderNumber.state).toBe("unknown")
    await vi.waitFor(() => expect(client.status().connection).toBe("live"))
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(known(visitor(1))).toEqual(["browse"])
    expect(known(visitor(2))).toEqual(["buy"])
  })

  it("with a newer token of the same customer changes nothing that is seen", async () => {
    const client = openClient({ token: service.token({ kind: "customer", identity: ada }) })
    client.tell({ intent: "return" }, { channel: "page" })
    await client.flush()
    client.identify(service.token({ kind: "customer", identity: ada }))
    expect(client.view().intent.value).toBe("return")
    await vi.waitFor(() => expect(service.requests("/v1/stream")).toHaveLength(2))
    expect(client.view().intent.value).toBe("return")
  })

  it("on a shared device gives no one the words of another", async () => {
    const storage = createMemoryStorage()
    service.fail(1_000, "network", { path: "/v1/signals" })
    const first = openClient({ storage, token: service.token({ kind: "customer", identity: ada }) })
    first.tell({ intent: "return" }, { channel: "page" })
    await first.flush()
    first.close()

    service.recover()
    const second = openClient({ storage, token: service.token({ kind: "customer", identity: bob }), url })
    await second.ready()
    second.tell({ viewed: "p1" }, { channel: "page" })
    await second.flush()
    expect(second.view().intent.state).toBe("unknown")
    expect(known(bob)).toEqual(["p1"])
    expect(known(ada)).toEqual([])
    expect((await storage.outbox.list()).map(({ owner }) => owner)).toEqual(["customer email:ada@example.com"])
  })

  it("signals that wait for one customer go when that customer is back, with a newer token", async () => {
    const storage = createMemoryStorage()
    await storage.outbox.add([
      {
        owner: "customer email:ada@example.com",
        signal: {
          id: "left",
          at: Date.now(),
          authority: "customer",
          channel: "page",
          source: "client",
          facts: { intent: "return" },
        },
      },
    ])
    const errors: string[] = []
    const token = service.token({ kind: "customer", identity: bob })
    const client = openClient({ storage, token, onError: ({ code }) => errors.push(code) })
    await client.ready()
    await client.flush()
    expect(service.signals()).toEqual([])
    expect(errors).toEqual([])
    client.identify(service.token({ kind: "customer", identity: ada }))
    await vi.waitFor(() => expect(known(ada)).toEqual(["return"]))
    expect(known(bob)).toEqual([])
  })

  it("signing out before the disk was read drops what the disk still holds", async () => {
    const storage = createMemoryStorage()
    const signal = { id: "left", at: Date.now(), authority: "customer", channel: "page", source: "client" } as const
    await storage.outbox.add([{ owner: "customer email:ada@example.com", signal }])
    const client = openClient({ storage, token: service.token({ kind: "customer", identity: ada }) })
    client.identify(undefined)
    await vi.waitFor(() => expect(client.counts().dropped).toEqual({ "client/signed_out": 1 }))
    await client.flush()
    expect(await storage.outbox.list()).toEqual([])
    expect(service.signals()).toEqual([])
  })

  it("signing out before the disk was read drops nothing that is told from then on", async () => {
    const { outbox, ...rest } = createMemoryStorage()
    const found = vi.fn()
    const list = async () => {
      await vi.waitFor(async () => expect(await outbox.list()).toHaveLength(1))
      found()
      return outbox.list()
    }
    const token = service.token({ kind: "customer", identity: ada })
    const clock = createManualClock(Date.now())
    service.fail(1, "network", { path: "/v1/visitors" })
    const client = openClient({ clock, storage: { ...rest, outbox: { ...outbox, list } }, token })
    client.identify(undefined)
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(found).toHaveBeenCalled())
    await client.flush()
    expect(client.counts()).toMatchObject({ captured: 1, acked: 1, dropped: {} })
    expect(known(visitor(1))).toEqual(["buy"])
  })

  it("needs no visitor when a token is given at the start", async () => {
    const client = openClient({ token: service.token({ kind: "customer", identity: ada }) })
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(known(ada)).toEqual(["buy"])
    expect(service.requests("/v1/visitors")).toEqual([])
  })
})

describe("in a process", () => {
  it("an agent's token writes as that agent, about the customer named", async () => {
    const client = openClient({ key: service.token({ kind: "agent", agent: "desk-7" }), identity: ada })
    client.tell({ intent: "return" }, { channel: "phone" })
    await client.flush()
    expect(service.signals()).toMatchObject([{ identity: ada, authority: "agent", speaker: "desk-7" }])
  })

  it("a secret key speaks for the record", async () => {
    const client = openClient({ key: "sk_test", identity: ada, source: "orders-db" })
    client.tell({ orderNumber: "A-1" }, { channel: "backend" })
    await client.flush()
    expect(service.signals()).toMatchObject([{ identity: ada, authority: "record", source: "orders-db" }])
  })
})
