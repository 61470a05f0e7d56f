import type { Millis } from "@tellonce/core"
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"

/** What the service counts, for Prometheus. Labels come from our own tables, never from a request. */
export interface Metrics {
  answered(request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly duration: Millis
  }): void
  shed(code: string): void
  signals(status: string, count: number): void
  storeCalled(operation: string, duration: Millis): void
  committed(signals: number): void
  watching(change: 1 | -1): void
  /** The text format, and the content type it has. */
  expose(): Promise<{ readonly text: string; readonly contentType: string }>
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** A registry of its own: two services in one process do not count for each other. */
export const createMetrics = (): Metrics => {
  const register = new Registry()
  const registers = [register]
  const requests = new Histogram({
    name: "tellonce_request_duration_seconds",
    help: "Requests answered, by route and status; of a stream, the time to its beginning.",
    labelNames: ["method", "route", "status"],
    buckets: seconds,
    registers,
  })
  const shed = new Counter({
    name: "tellonce_shed_requests_total",
    help: "Requests refused because the service or the caller had too many.",
    labelNames: ["code"],
    registers,
  })
  const signals = new Counter({
    name: "tellonce_signals_total",
    help: "Signals answered, by what became of them.",
    labelNames: ["status"],
    registers,
  })
  const storeCalls = new Histogram({
    name: "tellonce_store_call_duration_seconds",
    help: "Calls to the store with their wait; an update ends when it is on the disk.",
    labelNames: ["operation"],
    buckets: seconds,
    registers,
  })
  const groups = new Histogram({
    name: "tellonce_store_commit_signals",
    help: "Signals made durable together.",
    buckets: [1, 5, 10, 25, 50, 100, 250, 500, 1_000],
    registers,
  })
  const watchers = new Gauge({
    name: "tellonce_live_readers",
    help: "Streams and open contexts that follow the log.",
    registers,
  })
  let measuresProcess = false
  return {
    answered: ({ duration, ...labels }) => requests.observe(labels, duration / 1_000),
    shed: (code) => shed.inc({ code }),
    signals: (status, count) => signals.inc({ status }, count),
    storeCalled: (operation, duration) => storeCalls.observe({ operation }, duration / 1_000),
    committed: (count) => groups.observe(count),
    watching: (change) => watchers.inc(change),
    async expose() {
      // The process, its event loop and its memory are watched from the first scrape on: who never scrapes pays nothing.
      if (!measuresProcess) collectDefaultMetrics({ register })
      measuresProcess = true
      return { text: await register.metrics(), contentType: register.contentType }
    },
  }
}
