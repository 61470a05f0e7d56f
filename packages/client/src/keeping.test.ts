import { describe, expect, it, vi } from "vitest"
import { ada, createManualClock, onRequest, openClient, service, shop, url, useBench } from "./bench.suite.ts"
import { createClient } from "./client.ts"
import { createIndexedDbStorage, createMemoryStorage } from "./kept/client-storage.ts"
import { useIndexedDb } from "./kept/indexed-db.fixture.ts"
import type { Unsent } from "./kept/outbox.ts"

useBench()
useIndexedDb()

const viewed = () => service.signals().map(({ facts }) => facts?.viewed)

describe("what is not sent", () => {
  it("survives a reload, is in the view of the next page at once, and is sent once", async () => {
    service.fail(1_000, "network", { path: "/v1/signals" })
    const first = openClient()
    first.tell({ viewed: "p1" }, { channel: "page" })
    first.tell({ viewed: "p2" }, { channel: "page" })
    await first.flush()
    first.close()

    const offline = openClient({ clock: createManualClock(Date.now()) })
    await vi.waitFor(() => expect(offline.view().viewed.value).toEqual(["p2", "p1"]))
    offline.close()
    service.recover()
    const online = openClient()
    await vi.waitFor(() => expect(viewed()).toEqual(["p1", "p2"]))
    await online.flush()
    expect(viewed()).toEqual(["p1", "p2"])
  })

  it("is sent by the next page, with the ids it had", async () => {
    service.fail(1, "lost-answer", { path: "/v1/signals" })
    service.fail(1_000, "network", { path: "/v1/signals" })
    const clock = createManualClock(Date.now())
    const first = openClient({ clock })
    first.tell({ viewed: "p1" }, { channel: "page" })
    await first.flush()
    first.close()
    service.recover()
    const second = openClient()
    const sent: string[] = []
    second.on("sent", (ids) => sent.push(...ids))
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect(viewed()).toEqual(["p1"])
    expect(await createIndexedDbStorage({ name: `tellonce acme ${url} pk_test` }).outbox.list()).toEqual([])
  })

  it("is on the disk before it is on the wire", async () => {
    const storage = createMemoryStorage()
    const order: string[] = []
    onRequest((request) => {
      if (request.url.endsWith("/signals")) order.push("sent")
    })
    const outbox = {
      ...storage.outbox,
      async add(unsent: readonly Unsent[]) {
        await new Promise((resolve) => setTimeout(resolve, 30))
        await storage.outbox.add(unsent)
        order.push("kept")
      },
      async remove(ids: readonly string[]) {
        order.push("removed")
        await storage.outbox.remove(ids)
      },
    }
    const client = openClient({ storage: { ...storage, outbox } })
    await client.ready()
    client.tell({ viewed: "p1" }, { channel: "page" })
    await client.flush()
    expect(order).toEqual(["kept", "sent", "removed"])
  })

  it("is at most two thousand signals: the oldest makes room and is told of", async () => {
    service.fail(1_000, "network")
    const client = openClient({ clock: createManualClock(), storage: createMemoryStorage() })
    const refused: string[] = []
    client.on("refused", ({ id, code }) => refused.push(`${code} ${id}`))
    for (let index = 0; index < 2_003; index++) {
      client.record({ id: `s${index}`, channel: "page", facts: { viewed: `p${index}` } })
    }
    expect(refused).toEqual(["outbox/full s0", "outbox/full s1", "outbox/full s2"])
  })

  it("that an older page left and this one does not understand is left to the service to judge", async () => {
    const storage = createMemoryStorage()
    const signal = { id: "old", at: Date.now(), authority: "customer", channel: "page", source: "client" } as const
    await storage.outbox.add([{ owner: "visitor", signal: { ...signal, facts: { shoeSize: 42 } } }])
    const client = openClient({ storage })
    const refused: unknown[] = []
    client.on("refused", ({ id, code }) => refused.push([id, code]))
    await vi.waitFor(() => expect(refused).toEqual([["old", "fact/unknown_field"]]))
    expect(await storage.outbox.list()).toEqual([])
  })
})

describe("broken storage costs reloads, not signals", () => {
  const broken = () => Promise.reject(new DOMException("No space left.", "QuotaExceededError"))

  it("when the disk is full", async () => {
    const storage = createMemoryStorage()
    const client = openClient({
      storage: { ...storage, durability: "disk", outbox: { ...storage.outbox, add: broken, remove: broken } },
    })
    const errors: string[] = []
    const statuses: string[] = []
    client.on("error", ({ code }) => errors.push(code))
    client.on("status", ({ durability }) => statuses.push(durability))
    client.tell({ viewed: "p1" }, { channel: "page" })
    client.tell({ viewed: "p2" }, { channel: "page" })
    await client.flush()
    client.tell({ viewed: "p3" }, { channel: "page" })
    await client.flush()
    expect(viewed()).toEqual(["p1", "p2", "p3"])
    expect(errors).toEqual(["storage/broken"])
    expect(client.status().durability).toBe("memory")
    expect(statuses).toContain("memory")
  })

  it("when IndexedDB cannot be opened", async () => {
    const open = vi.fn(() => {
      throw new DOMException("Blocked by the user.", "SecurityError")
    })
    vi.stubGlobal("indexedDB", { open })
    const client = openClient()
    client.tell({ viewed: "p1" }, { channel: "page" })
    await client.flush()
    expect(viewed()).toEqual(["p1"])
    expect(client.status().durability).toBe("memory")
  })

  it("when IndexedDB never answers, within a second", async () => {
    vi.stubGlobal("indexedDB", { open: () => new EventTarget() })
    const client = openClient()
    client.tell({ viewed: "p1" }, { channel: "page" })
    await vi.waitFor(() => expect(viewed()).toEqual(["p1"]), 2_500)
    expect(client.status().durability).toBe("memory")
  })

  it("where there is no disk, the status says so", () => {
    vi.stubGlobal("indexedDB", undefined)
    expect(openClient().status().durability).toBe("memory")
  })
})

describe("a page that goes away", () => {
  const stubPage = () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "visible" })
    const window = new EventTarget()
    vi.stubGlobal("document", page)
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window))
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window))
    return {
      hide() {
        page.visibilityState = "hidden"
        page.dispatchEvent(new Event("visibilitychange"))
      },
      leave: () => window.dispatchEvent(new Event("pagehide")),
    }
  }
  const collectParting = () => {
    const parting: string[][] = []
    onRequest(async (request) => {
      if (!request.keepalive) return
      const text = await request.clone().text()
      expect(text.length).toBeLessThanOrEqual(60_000)
      parting.push((JSON.parse(text) as { signals: { id: string }[] }).signals.map(({ id }) => id))
    })
    return parting
  }

  it("sends what fits into one last request, and keeps the rest for the next page", async () => {
    const page = stubPage()
    const storage = createMemoryStorage()
    const clock = createManualClock(Date.now())
    const client = openClient({ storage, clock })
    await client.ready()
    service.fail(1, 503, { path: "/v1/signals" })
    const parting = collectParting()
    for (const id of ["a", "b", "c"]) client.record({ id, channel: "page", facts: { viewed: id.repeat(25_000) } })
    await client.flush()
    page.hide()
    page.leave()
    await vi.waitFor(() => expect(service.signals().map(({ id }) => id)).toEqual(["a", "b"]))
    await vi.waitFor(async () => expect((await storage.outbox.list()).map(({ signal }) => signal.id)).toEqual(["c"]))
    expect(parting).toEqual([["a", "b"]])
  })

  it("repeats what is on its way when leaving, not when only hidden; the service keeps it once", async () => {
    const page = stubPage()
    const client = openClient({ storage: createMemoryStorage(), clock: createManualClock(Date.now()) })
    await client.ready()
    const parting = collectParting()
    service.fail(1, "hang", { path: "/v1/signals" })
    client.record({ id: "a", channel: "page", facts: { viewed: "a" } })
    await vi.waitFor(() => expect(service.requests("/v1/signals")).toHaveLength(1))
    page.hide()
    expect(service.requests("/v1/signals")).toHaveLength(1)
    page.leave()
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
    expect(parting).toEqual([["a"]])
  })
})

describe("the programmer", () => {
  const good = { context: shop, url, key: "pk_test" }

  it.each([
    [{ ...good, url: "" }, "client/no_url"],
    [{ ...good, url: "context" }, "client/no_url"],
    [{ ...good, key: "" }, "client/no_key"],
    [{ ...good, key: "sk_test" }, "client/no_identity"],
    [{ ...good, context: undefined as unknown as typeof shop }, "client/no_context"],
  ])("is told at create what only they can mend (%#)", (options, code) => {
    expect(() => createClient(options)).toThrow(expect.objectContaining({ code }))
  })

  it("is not thrown at later: a closed client reports", () => {
    const errors: string[] = []
    const client = openClient({ onError: ({ code }) => errors.push(code) })
    client.close()
    client.tell({ intent: "buy" }, { channel: "page" })
    client.record(null as never)
    client.identify("somebody's token")
    client.close()
    expect(errors).toEqual(["client/closed", "client/closed", "client/closed"])
    expect(client.status().connection).toBe("closed")
  })

  it("learns of an erasure after it was closed, and leads no tab because of it", async () => {
    const asked = vi.fn((_name: string, _options: unknown, lead: () => unknown) => lead())
    const page = Object.assign(new EventTarget(), { visibilityState: "hidden" })
    vi.stubGlobal("document", page)
    vi.stubGlobal("addEventListener", () => {})
    vi.stubGlobal("navigator", { locks: { request: async (...call: Parameters<typeof asked>) => asked(...call) } })
    const storage = { ...createMemoryStorage(), name: "shop" }
    const client = openClient({ storage, token: service.token({ kind: "customer", identity: ada }) })
    await client.ready()
    service.fail(1_000, 410, { path: "/v1/signals" })
    client.tell({ viewed: "p1" }, { channel: "page" })
    page.dispatchEvent(new Event("visibilitychange"))
    client.close()
    await vi.waitFor(() => expect(client.counts().dropped).toEqual({ "access/erased": 1 }))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(asked).toHaveBeenCalledTimes(1)
  })
})
