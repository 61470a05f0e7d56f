import { defineContext, defineRule, latest } from "@tellonce/core"
import ky from "ky"
import { afterEach, describe, expect, it, vi } from "vitest"
import * as z from "zod/mini"
import { createManualClock, openClient, service, url, useBench } from "./bench.suite.ts"
import { createClient } from "./client.ts"
import { createMemoryStorage } from "./kept/client-storage.ts"
import { connectDevtools } from "./report/connect-devtools.ts"
import { explainField } from "./report/explain-field.ts"
import { createConsentGate, type Verdict } from "./told/consent-gate.ts"

useBench()
afterEach(() => vi.unstubAllGlobals())

const lost = ({ captured, acked, queued, dropped }: ReturnType<ReturnType<typeof openClient>["counts"]>) =>
  captured - acked - queued - Object.values(dropped).reduce((sum, count) => sum + count, 0)

describe("loss is counted, never silent", () => {
  it.each([503, "network", "lost-answer", "garbage", 400] as const)(
    "after %s captured is acked, queued and dropped",
    async (fault) => {
      const client = openClient({ storage: createMemoryStorage() })
      service.fail(2, fault, { path: "/v1/signals" })
      for (let index = 0; index < 5; index++) client.tell({ viewed: `p${index}` }, { channel: "page" })
      client.record({ channel: "page", facts: { shoeSize: 42 } })
      expect(lost(client.counts())).toBe(0)
      await vi.waitFor(() => expect(client.counts().queued).toBe(0))
      expect(client.counts().captured).toBe(6)
      expect(lost(client.counts())).toBe(0)
    },
  )

  it("a queue of four megabytes makes room, and says for how many", async () => {
    service.fail(1_000, "network")
    const client = openClient({ clock: createManualClock(), storage: createMemoryStorage() })
    for (let index = 0; index < 30; index++) client.tell({ viewed: "x".repeat(190_000) }, { channel: "page" })
    const { captured, queued, dropped } = client.counts()
    expect({ captured, queued, dropped }).toEqual({ captured: 30, queued: 21, dropped: { "outbox/full": 9 } })
  })
})

describe("erasure", () => {
  it("a 410 empties the queue and the ids, and whoever is next is a new visitor", async () => {
    const storage = createMemoryStorage()
    const errors: string[] = []
    const client = openClient({ storage, onError: ({ code }) => errors.push(code) })
    await client.ready()
    service.fail(1, 410, { path: "/v1/signals" })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(client.counts().dropped).toEqual({ "access/erased": 1 }))
    expect(client.view().intent.state).toBe("unknown")
    expect(await storage.outbox.list()).toEqual([])
    client.tell({ intent: "return" }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals().map(({ facts }) => facts?.intent)).toEqual(["return"]))
    expect(service.requests("/v1/visitors")).toHaveLength(2)
    expect(errors).toEqual(["access/erased"])
  })
})

describe("consent", () => {
  const consent = createConsentGate({
    field: "tags",
    purposes: { intent: ["marketing"], viewed: ["service", "marketing"] },
  })

  it("what nobody has granted is not collected; what also serves the service is", async () => {
    const client = openClient({ consent, storage: createMemoryStorage() })
    await client.ready()
    client.tell({ intent: "buy" }, { channel: "page" })
    client.tell({ viewed: "p1" }, { channel: "page" })
    await client.flush()
    expect(service.signals().map(({ facts }) => facts)).toEqual([{ viewed: "p1" }])
    expect(client.counts().dropped).toEqual({ "consent/denied": 1 })
  })

  it("a gate that throws grants nothing, and is reported", async () => {
    const errors: string[] = []
    const broken = () => {
      throw new Error("no such choice")
    }
    const client = openClient({
      consent: broken,
      storage: createMemoryStorage(),
      onError: ({ code }) => errors.push(code),
    })
    client.tell({ viewed: "p1" }, { channel: "page" })
    await client.ready()
    await client.flush()
    expect(service.signals()).toEqual([])
    expect(client.counts()).toMatchObject({ captured: 1, dropped: { "consent/denied": 1 } })
    expect(new Set(errors)).toEqual(new Set(["client/unexpected"]))
  })

  it("a rule that throws grants nothing by what was chosen before", () => {
    const read = () => {
      throw new Error("on purpose")
    }
    const context = defineContext({
      name: "acme",
      version: 1,
      fields: {
        choices: latest(z.record(z.string(), z.string())),
        own: defineRule({ key: String, keep: 1, read })(z.string()),
      },
    })
    const gate = createConsentGate({ field: "choices", purposes: { own: ["marketing"], choices: ["service"] } })
    const client = createClient({ context, url, key: "pk_test", consent: gate, storage: createMemoryStorage() })
    client.tell({ choices: { marketing: "granted" } }, { channel: "page" })
    client.tell({ own: "first" }, { channel: "page" })
    client.tell({ choices: { marketing: "denied" } }, { channel: "page" })
    client.tell({ own: "second" }, { channel: "page" })
    client.close()
    expect(client.counts().queued).toBe(3)
  })

  it("one id told twice, before it is known what was chosen, is one statement", async () => {
    let verdict: Verdict = "open"
    const client = openClient({ consent: () => verdict, storage: createMemoryStorage() })
    for (const viewed of ["p1", "p1"]) client.record({ id: "twice", channel: "page", facts: { viewed } })
    verdict = "granted"
    await client.flush()
    expect(client.counts()).toMatchObject({ captured: 1, acked: 1 })
    expect(lost(client.counts())).toBe(0)
  })
})

describe("looking inside", () => {
  it("explains which statement won, and whether the service has it yet", async () => {
    const client = openClient()
    await client.ready()
    client.tell({ intent: "buy" }, { channel: "page" })
    expect(explainField(client, "intent")).toMatchObject({ state: "fresh", isUnsent: true, winner: { value: "buy" } })
    await client.flush()
    expect(explainField(client, "intent").isUnsent).toBe(false)
  })

  it("speaks the protocol of the Redux DevTools, where they are", async () => {
    const sent: { type: string; state: unknown }[] = []
    const init = vi.fn()
    const connect = () => ({ init, send: ({ type }: { type: string }, state: unknown) => sent.push({ type, state }) })
    const client = openClient()
    connectDevtools(client)()
    vi.stubGlobal("__REDUX_DEVTOOLS_EXTENSION__", { connect })
    const disconnect = connectDevtools(client, { name: "shop" })
    client.tell({ intent: "buy" }, { channel: "page" })
    await client.flush()
    expect(init).toHaveBeenCalledOnce()
    expect(sent.map(({ type }) => type)).toEqual(expect.arrayContaining(["tellonce/change", "tellonce/sent"]))
    expect(sent.at(-1)?.state).toMatchObject({ view: { intent: { value: "buy" } }, counts: { acked: 1 } })
    const before = sent.length
    disconnect()
    client.tell({ intent: "return" }, { channel: "page" })
    await client.flush()
    expect(sent).toHaveLength(before)
  })

  it("goes through another fetch, such as ky", async () => {
    const through = ky.create({ retry: 0, throwHttpErrors: false, timeout: false })
    const client = openClient({ fetch: through as unknown as typeof fetch })
    service.fail(1, 503, { path: "/v1/signals" })
    client.tell({ intent: "buy" }, { channel: "page" })
    await vi.waitFor(() => expect(service.signals()).toHaveLength(1))
  })
})
