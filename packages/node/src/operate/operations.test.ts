import { context, propagation, trace } from "@opentelemetry/api"
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks"
import { W3CTraceContextPropagator } from "@opentelemetry/core"
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { defineContext, latest, TellonceError } from "@tellonce/core"
import { pino } from "pino"
import { describe, expect, it, vi } from "vitest"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { isVital } from "../overload/is-vital.ts"
import { routes } from "../routes.ts"
import { createMemoryStore } from "../store/memory-store.ts"

const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }
const metricsKey = "a-key-for-the-scraper"
const shop = defineContext({ name: "shop", version: 1, fields: { orderNumber: latest(z.string()) } })

const start = (options: object = {}) => {
  const lines: string[] = []
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) })
  const store = createMemoryStore()
  const tellonce = createTellonce({ context: shop, store, keys, log, metricsKey, ...options })
  const call = async (
    path: string,
    { key = keys.secret, body, headers = {} }: { key?: string; body?: unknown; headers?: object } = {},
  ) => {
    const response = await tellonce.fetch(
      new Request(`http://localhost${path}`, {
        headers: { authorization: `Bearer ${key}`, ...headers },
        ...(body !== undefined && { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    )
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return { tellonce, call, lines }
}

const said = (rest: object = {}) => ({
  id: "1",
  at: Date.now(),
  identity: { kind: "email", value: "ada@example.com" },
  authority: "customer",
  channel: "web-chat",
  source: "test",
  ...rest,
})

const broken = (failure: Error) => ({
  ...createMemoryStore(),
  read: () => Promise.reject(failure),
  update: () => Promise.reject(failure),
})

describe("what listens to failures and fails itself", () => {
  it.each([
    ["at once", () => fail()],
    ["later", async () => fail()],
  ])("%s, is logged, and is no failure of the request or the process", async (_, onError) => {
    const { call, lines } = start({ store: broken(new Error("disk")), onError })
    const { status } = await call("/v1/context?identity=email:ada@example.com")
    await vi.waitFor(() => expect(lines.join()).toContain('"error":"RangeError"'))
    expect([status, lines.join().includes("too long a queue")]).toEqual([500, false])
  })
  const fail = () => {
    throw new RangeError("too long a queue")
  }
})

describe("what is logged", () => {
  it("says of each request what it was and how it ended, under the id that its answer carries", async () => {
    const { call, lines } = start()
    const { headers } = await call("/v1/context?identity=email:ada@example.com")
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      requestId: headers.get("x-request-id"),
      method: "GET",
      route: "/v1/context",
      status: 200,
      principal: "secret",
    })
    await call("/v1/signals", { body: "{" })
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ route: "/v1/signals", status: 400, code: "body/not_json" })
  })

  it("holds no word of a caller at the most verbose level, whatever goes wrong", async () => {
    const canary = "canary7f3a"
    const mail = { kind: "email", value: `${canary}@example.com` }
    const failing = start({ store: broken(new Error(`no space for ${canary}`)) })
    const { call, lines } = start()
    const calls = [
      ["/v1/signals", { body: { signals: [said({ identity: mail, facts: { orderNumber: canary } })] } }],
      ["/v1/signals", { body: { signals: [said({ id: canary, channel: canary, facts: { [canary]: canary } })] } }],
      ["/v1/signals", { body: `{"${canary}` }],
      ["/v1/signals", { body: { [canary]: [canary] } }],
      [`/v1/context?identity=email:${mail.value}`, {}],
      [`/v1/context?identity=${canary}`, {}],
      [`/v1/${canary}`, {}],
      [`/v1/holds/${canary}`, { body: { [canary]: canary } }],
      ["/v1/context", { key: canary }],
      ["/v1/tokens", { body: { kind: "agent", agent: canary } }],
      ["/v1/erasures", { body: { identity: mail } }],
    ] as const
    for (const [path, options] of calls) {
      await call(path, options)
      await failing.call(path, options)
    }
    const logged = [...lines, ...failing.lines]
    expect(logged.length).toBeGreaterThan(calls.length * 2)
    expect(logged.filter((line) => line.includes(canary))).toEqual([])
    expect(logged.some((line) => JSON.parse(line).level === 50)).toBe(true)
  })
})

describe("/metrics", () => {
  it("counts requests, signals and commits, names paths by their template, and holds no word of a caller", async () => {
    const { call } = start()
    await call("/v1/signals", { body: { signals: [said(), said(), said({ id: "2", facts: { orderNumber: 7 } })] } })
    await call("/v1/holds/canary7f3a", { body: {} })
    await call("/v1/canary7f3a")
    const { status, text, headers } = await call("/metrics", { key: metricsKey })
    expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("version=0.0.4")])
    expect(text).toContain('tellonce_request_duration_seconds_count{method="POST",route="/v1/signals",status="200"} 1')
    expect(text).toContain('route="unknown",status="404"')
    for (const status of ["accepted", "duplicate", "rejected"]) {
      expect(text).toContain(`tellonce_signals_total{status="${status}"} 1`)
    }
    expect(text).toContain("tellonce_store_commit_signals_count 1")
    for (const gauge of ["store_waiting_calls", "store_oldest_wait_seconds", "live_readers"]) {
      expect(text).toContain(`\ntellonce_${gauge} 0\n`)
    }
    expect(text).toContain("nodejs_eventloop_lag_p99_seconds")
    expect(text).not.toContain("canary7f3a")
  })

  it("counts who follows live while they do, and what a commit took where the store tells it", async () => {
    const told: ((commit: { signals: number; duration: number }) => void)[] = []
    const { call, tellonce } = start({
      store: { ...createMemoryStore(), onCommit: (listener: (typeof told)[number]) => told.push(listener) },
    })
    const address = "http://localhost/v1/stream?identity=email:ada@example.com"
    const stream = await tellonce.fetch(new Request(address, { headers: { authorization: `Bearer ${keys.secret}` } }))
    const reader = stream.body?.getReader()
    await reader?.read()
    for (const tell of told) tell({ signals: 3, duration: 7 })
    const during = (await call("/metrics")).text
    expect(during).toContain("tellonce_live_readers 1")
    expect(during).toContain("tellonce_store_commit_signals_sum 3")
    expect(during).toContain("tellonce_store_commit_duration_seconds_sum 0.007")
    await reader?.cancel()
    expect((await call("/metrics")).text).toContain("tellonce_live_readers 0")
  })

  it("is read with the metrics key or the secret key, and the metrics key reads nothing else", async () => {
    const { call } = start()
    expect((await call("/metrics")).status).toBe(200)
    for (const key of [keys.publishable, "guessed"]) expect((await call("/metrics", { key })).status).not.toBe(200)
    expect((await call("/v1/context?identity=email:ada@example.com", { key: metricsKey })).status).toBe(401)
  })
})

describe("health", () => {
  it("is ready while the store answers, and degraded while it does not; the process lives either way", async () => {
    const well = start()
    expect(await well.call("/healthz")).toMatchObject({ status: 200, text: '{"status":"ok","store":"ready"}' })
    expect((await well.call("/readyz")).status).toBe(200)
    const ill = start({ store: broken(new TellonceError("store/failed", "the disk is gone")) })
    expect(await ill.call("/healthz")).toMatchObject({ status: 200, text: '{"status":"degraded","store":"degraded"}' })
    expect((await ill.call("/readyz")).status).toBe(503)
  })

  it("is degraded after a refused write, until one succeeds", async () => {
    const store = createMemoryStore()
    let isFull = true
    const update: typeof store.update = (...change) =>
      isFull ? Promise.reject(new TellonceError("store/full", "the disk is full")) : store.update(...change)
    const { call } = start({ store: { ...store, update } })
    const write = () => call("/v1/signals", { body: { signals: [said()] } })
    const refused = await write()
    expect([refused.status, refused.headers.has("retry-after")]).toEqual([503, true])
    expect((await call("/readyz")).status).toBe(503)
    isFull = false
    expect((await write()).status).toBe(200)
    expect((await call("/readyz")).status).toBe(200)
  })

  it("is degraded for five seconds after a refused write where none is tried: a balancer that sends none sends again", async () => {
    const update = () => Promise.reject(new TellonceError("store/full", "the disk is full"))
    const { call } = start({ store: { ...createMemoryStore(), update } })
    await call("/v1/signals", { body: { signals: [said()] } })
    expect((await call("/readyz")).status).toBe(503)
    const later = performance.now() + 5_000
    vi.spyOn(performance, "now").mockReturnValue(later)
    expect((await call("/readyz")).status).toBe(200)
  })
})

describe("overload", () => {
  it("a store that stands still sheds new calls with Retry-After, and neither health nor erasure nor consent", async () => {
    const store = createMemoryStore()
    let answer = () => {}
    const stands = new Promise<void>((resolve) => {
      answer = resolve
    })
    const update: typeof store.update = async (...change) => {
      await stands
      return store.update(...change)
    }
    const { call, tellonce } = start({ store: { ...store, update } })
    await tellonce.ready()
    const waiting = Array.from({ length: 1_000 }, (_, at) =>
      tellonce.record([{ ...said({ id: `w${at}` }), authority: "record" } as never]),
    )
    // The calls reach the store after a few turns of the event loop.
    let shed = await call("/v1/context?identity=email:ada@example.com")
    for (let turn = 0; shed.status === 200 && turn < 100; turn++) {
      shed = await call("/v1/context?identity=email:ada@example.com")
    }
    expect([shed.status, JSON.parse(shed.text).error.code]).toEqual([503, "overload/busy"])
    expect(Number(shed.headers.get("retry-after"))).toBeGreaterThan(0)
    expect((await call("/healthz")).status).toBe(200)
    expect(
      (await call("/v1/erasures", { body: { identity: { kind: "email", value: "eve@example.com" } } })).status,
    ).toBe(201)
    expect((await call("/metrics")).text).toMatch(/tellonce_shed_requests_total{code="overload\/busy"} \d/)
    answer()
    await Promise.all(waiting)
    expect((await call("/v1/context?identity=email:ada@example.com")).status).toBe(200)
  })

  it("a visitor who asks too often is told when to come back, and no other visitor pays for it", async () => {
    const { call } = start({ rates: { visitor: { perSecond: 0.001, burst: 2 } } })
    const open = async () => JSON.parse((await call("/v1/visitors", { key: keys.publishable, body: {} })).text).token
    const [one, other] = [await open(), await open()]
    const statuses = []
    for (const key of [one, one, one, other]) statuses.push((await call("/v1/context", { key })).status)
    expect(statuses).toEqual([200, 200, 429, 200])
  })

  it("every way with a lane of its own is there", () => {
    expect(routes.filter(({ path }) => isVital(path)).map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(["POST /v1/erasures", "PUT /v1/consent"]),
    )
  })
})

describe("OpenTelemetry", () => {
  it("a request is a span by its template, with a span for each call to the store in it", async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    const { call } = start({ tracer: provider.getTracer("tellonce") })
    await call("/v1/signals", { body: { signals: [said({ facts: { orderNumber: "canary7f3a" } })] } })
    const spans = exporter.getFinishedSpans()
    const names = spans.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(["POST /v1/signals", "tellonce.store update"]))
    expect(
      JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status }))),
    ).not.toContain("canary7f3a")
    expect(trace.getActiveSpan()).toBeUndefined()
  })

  it("a request goes on the trace that its caller names, and its store calls are its children", async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    const contexts = new AsyncLocalStorageContextManager().enable()
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
    context.setGlobalContextManager(contexts)
    const [traceId, parent] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"]
    const { call } = start({ tracer: provider.getTracer("tellonce") })
    await call("/v1/signals", {
      body: { signals: [said()] },
      headers: { traceparent: `00-${traceId}-${parent}-01` },
    }).finally(() => {
      propagation.disable()
      context.disable()
    })
    const spans = exporter.getFinishedSpans()
    const request = spans.find(({ name }) => name === "POST /v1/signals")
    const update = spans.find(({ name }) => name === "tellonce.store update")
    expect([request?.spanContext().traceId, request?.parentSpanContext?.spanId]).toEqual([traceId, parent])
    expect(update?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
  })
})
