import type { TellonceError } from "@tellonce/core"
import { describe, expect, it, vi } from "vitest"
import { createHastyClock, createManualClock, onRequest, openClient, service, useBench } from "./bench.suite.ts"
import { createService } from "./transport/service.ts"

useBench()

const viewed = () => service.signals().map(({ facts }) => facts?.viewed)
const bodies = () => service.requests("/v1/signals").map(({ body }) => (body as { signals: { id: string }[] }).signals)

describe("nothing is lost, and nothing doubled", () => {
  it.each([500, 502, 503, 408, 429, "network", "lost-answer", "garbage"] as const)(
    "when the service answers %s three times",
    async (fault) => {
      service.fail(3, fault, { path: "/v1/signals" })
      const client = openClient()
      const sent: string[] = []
      client.on("sent", (ids) => sent.push(...ids))
      for (let index = 0; index < 5; index++) client.tell({ viewed: `p${index}` }, { channel: "page" })
      await vi.waitFor(() => expect(sent).toHaveLength(5))
      expect(viewed()).toEqual(["p0", "p1", "p2", "p3", "p4"])
      expect(new Set(sent)).toEqual(new Set(service.signals().map(({ id }) => id)))
      expect(service.requests("/v1/signals").length).toBe(4)
    },
  )

  it("when not even a visitor can be opened at first", async () => {
    service.fail(3, "network", { path: "/v1/visitors" })
    const client = openClient()
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
    expect(service.requests("/v1/visitors").length).toBe(4)
  })

  it("when an answer never comes", async () => {
    service.fail(1, "hang")
    const impatient = createService({
      base: "https://context.example.com/api/v1/",
      fetch: undefined,
      now: Date.now,
      learn: () => {},
      onErased: () => {},
      timeout: 30,
    })
    expect(await impatient.openVisitor("pk_test")).toMatchObject({ ok: false, code: "service/unreachable" })
  })

  it("goes in batches of at most a hundred, one at a time", async () => {
    let running = 0
    let most = 0
    onRequest((request) => {
      if (!request.url.endsWith("/signals")) return
      most = Math.max(most, ++running)
    })
    const client = openClient()
    client.on("sent", () => running--)
    for (let index = 0; index < 250; index++) client.tell({ viewed: `p${index}` }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(250))
    expect(bodies().map(({ length }) => length)).toEqual([100, 100, 50])
    expect(most).toBe(1)
    expect(viewed().at(-1)).toBe("p249")
  })

  it("goes in batches of at most 200 kB", async () => {
    const client = openClient()
    for (let index = 0; index < 5; index++)
      client.tell({ viewed: `${index}${"x".repeat(60_000)}` }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(5))
    expect(bodies().map(({ length }) => length)).toEqual([3, 2])
  })
})

describe("how the service is treated", () => {
  it("a Retry-After is waited for, not a moment less", async () => {
    const clock = createManualClock(Date.now())
    service.fail(1, 503, { path: "/v1/signals", retryAfter: 7 })
    const client = openClient({ clock })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(clock.sleepers().some((ms) => ms >= 7_000 && ms <= 8_750)).toBe(true))
    await client.flush()
    clock.advance(6_999)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(service.requests("/v1/signals")).toHaveLength(1)
    clock.advance(1_751)
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
  })

  it.each([401, 403, 404])("a lasting %i is reported once, tried rarely, and costs no signal", async (status) => {
    const clock = createManualClock(Date.now())
    const errors: TellonceError[] = []
    service.fail(1_000, status)
    const client = openClient({ clock, onError: (error) => errors.push(error) })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(clock.sleepers().filter((ms) => ms === 30_000)).toHaveLength(2))
    expect(errors.map(({ code }) => code)).toEqual([`fake/${status}`])
    const before = service.requests().length
    clock.advance(29_999)
    expect(service.requests()).toHaveLength(before)
    clock.advance(1)
    await vi.waitFor(() => expect(service.requests().length).toBeGreaterThan(before))
    expect(errors).toHaveLength(1)
  })

  it("an unreachable service is an outage, reported once and seen in the status", async () => {
    const errors: string[] = []
    const client = openClient({ onError: ({ code }) => errors.push(code) })
    const seen: string[] = []
    service.fail(6, "network")
    client.on("status", ({ connection }) => seen.push(connection))
    await vi.waitFor(() => expect(seen.at(-1)).toBe("live"))
    expect(seen).toContain("offline")
    expect(errors).toEqual(["service/unreachable"])
  })
})

describe("a bad signal", () => {
  it("that the service rejects is told of, forgotten, and stops no other", async () => {
    const client = openClient({ key: "sk_test", identity: { kind: "user", value: "1" } })
    const refused: unknown[] = []
    client.on("refused", (one) => refused.push(one))
    client.record({ id: "twice", channel: "page", facts: { viewed: "a" } })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
    client.record({ id: "twice", channel: "page", facts: { viewed: "b" } })
    client.tell({ viewed: "c" }, { channel: "page" })
    await vi.waitFor(() => expect(viewed()).toEqual(["a", "c"]))
    expect(refused).toEqual([{ id: "twice", code: "signal/id_reused", message: expect.any(String) }])
    expect(client.view().viewed.value).toEqual(["c", "a"])
  })

  it.each([400, 413])("that spoils its whole request with %i is found by halving", async (status) => {
    const client = openClient()
    await client.ready()
    const refused: string[] = []
    client.on("refused", ({ id }) => refused.push(id))
    // The fault hits the whole request, then the first half, then the first quarter: the very first signal.
    service.fail(3, status, { path: "/v1/signals" })
    for (const id of ["bad", "b", "c", "d"]) client.record({ id, channel: "page", facts: { viewed: id } })
    await vi.waitFor(() => expect(service.signals().map(({ id }) => id)).toEqual(["b", "c", "d"]))
    expect(refused).toEqual(["bad"])
    expect(client.view().viewed.value).toEqual(["d", "c", "b"])
  })

  it("that this page can tell is bad is refused at once and never sent", async () => {
    const client = openClient()
    const refused: string[] = []
    client.on("refused", ({ code }) => refused.push(code))
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    client.record({ channel: "page", facts: { intent: "dance" } })
    client.record({ channel: "page", facts: { shoeSize: 42 } })
    client.record({ channel: "", facts: { intent: "buy" } })
    client.record({ channel: "page", facts: cyclic })
    client.tell({ viewed: "good" }, { channel: "page" })
    await vi.waitFor(() => expect(viewed()).toEqual(["good"]))
    expect(refused).toEqual(["fact/wrong_type", "fact/unknown_field", "signal/channel", "signal/not_json"])
    expect(service.requests("/v1/signals")).toHaveLength(1)
  })
})

describe("the time of a statement", () => {
  it("of a machine whose clock is two hours slow is put right before it is sent", async () => {
    const clock = { ...createHastyClock(), wall: () => Date.now() - 7_200_000 }
    const client = openClient({ clock })
    client.tell({ intent: "buy" }, { channel: "page" })
    client.tell({ intent: "return" }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(2))
    const age = Date.now() - Math.min(...service.signals().map(({ at }) => at))
    expect(age).toBeLessThan(60_000)
    expect(client.view().intent.value).toBe("return")
  })

  it("told in one millisecond, the later statement still counts", async () => {
    const client = openClient({ clock: createManualClock(Date.now()) })
    for (const intent of ["browse", "buy", "return", "browse", "return"] as const)
      client.tell({ intent }, { channel: "page" })
    expect(client.view().intent.value).toBe("return")
    await vi.waitFor(() => expect(service.signals()).toHaveLength(5))
    expect(client.view().intent.value).toBe("return")
  })
})

describe("flush", () => {
  it("resolves when all is sent", async () => {
    const client = openClient()
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(service.signals()).toHaveLength(1)
  })

  it("resolves when the try has failed, and does not wait for the end of an outage", async () => {
    service.fail(1_000, "network")
    const client = openClient({ clock: createManualClock() })
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(service.signals()).toHaveLength(0)
  })
})
