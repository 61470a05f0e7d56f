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
  /** `duration` without the wait before it, where the store tells it. */
  committed(signals: number, duration?: Millis): void
  delivered(outcome: "taken" | "failed" | "parked"): void
  /** What is looked up at each scrape. */
  gauge(name: Gauged, value: () => number): void
  /** The text format, and the content type it has. */
  expose(): Promise<{ readonly text: string; readonly contentType: string }>
}

const gauges = {
  tellonce_store_waiting_calls: "Calls that wait for the store.",
  tellonce_store_oldest_wait_seconds: "How long the oldest of them has waited.",
  tellonce_live_readers: "Streams that are open.",
} as const
export type Gauged = keyof typeof gauges

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

const createInstruments = (registers: Registry[]) => ({
  requests: new Histogram({
    name: "tellonce_request_duration_seconds",
    help: "Requests answered, by route and status; of a stream, the time to its beginning.",
    labelNames: ["method", "route", "status"],
    buckets: seconds,
    registers,
  }),
  shed: new Counter({
    name: "tellonce_shed_requests_total",
    help: "Requests refused because the service or the caller had too many.",
    labelNames: ["code"],
    registers,
  }),
  signals: new Counter({
    name: "tellonce_signals_total",
    help: "Signals answered, by what became of them.",
    labelNames: ["status"],
    registers,
  }),
  storeCalls: new Histogram({
    name: "tellonce_store_call_duration_seconds",
    help: "Calls to the store with their wait; an update ends when it is on the disk.",
    labelNames: ["operation"],
    buckets: seconds,
    registers,
  }),
  groups: new Histogram({
    name: "tellonce_store_commit_signals",
    help: "Signals made durable together.",
    buckets: [1, 5, 10, 25, 50, 100, 250, 500, 1_000],
    registers,
  }),
  commits: new Histogram({
    name: "tellonce_store_commit_duration_seconds",
    help: "Making one group durable, without its wait.",
    buckets: seconds,
    registers,
  }),
  deliveries: new Counter({
    name: "tellonce_webhook_deliveries_total",
    help: "Tries to deliver an event to a webhook, by what became of them.",
    labelNames: ["outcome"],
    registers,
  }),
})

/** A registry of its own: two services in one process do not count for each other. */
export const createMetrics = (): Metrics => {
  const register = new Registry()
  const { requests, shed, signals, storeCalls, groups, commits, deliveries } = createInstruments([register])
  let measuresProcess = false
  return {
    answered: ({ duration, ...labels }) => requests.observe(labels, duration / 1_000),
    shed: (code) => shed.inc({ code }),
    signals: (status, count) => signals.inc({ status }, count),
    storeCalled: (operation, duration) => storeCalls.observe({ operation }, duration / 1_000),
    committed(count, duration) {
      groups.observe(count)
      if (duration !== undefined) commits.observe(duration / 1_000)
    },
    delivered: (outcome) => deliveries.inc({ outcome }),
    gauge(name, value) {
      new Gauge({
        name,
        help: gauges[name],
        registers: [register],
        collect() {
          this.set(value())
        },
      })
    },
    async expose() {
      // The process, its event loop and its memory are watched from the first scrape on: who never scrapes pays nothing.
      if (!measuresProcess) collectDefaultMetrics({ register })
      measuresProcess = true
      return { text: await register.metrics(), contentType: register.contentType }
    },
  }
}
