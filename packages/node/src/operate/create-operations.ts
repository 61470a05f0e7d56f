import { randomUUID } from "node:crypto"
import type { Tracer } from "@opentelemetry/api"
import type { Millis, ServiceStore } from "@tellonce/core"
import { isTellonceError } from "@tellonce/core"
import type { Logger } from "pino"
import type { Incoming } from "../http/incoming.ts"
import { withHeaders } from "../http/replies.ts"
import type { Reply } from "../http/reply.ts"
import type { IngestResult } from "../ingest/ingest-result.ts"
import { type Admission, createAdmission } from "../overload/create-admission.ts"
import { type Allowance, createAllowance, type Rates, usualRates } from "../overload/create-allowance.ts"
import { busyProblem } from "../overload/refuse-busy.ts"
import { createHealth, type StoreState } from "./create-health.ts"
import { createLog, type ServiceLog } from "./create-log.ts"
import { createMetrics, type Metrics } from "./create-metrics.ts"
import { createTracing } from "./create-tracing.ts"
import { observeStore } from "./observe-store.ts"

/** What is known of a request while it runs, and is told when it is answered. */
export interface Seen {
  readonly id: string
  /** The path as the table of routes has it; a path that is not there has no name of its own. */
  route: string
  principal?: string
  code?: string
}

/** How the service is run: what it logs, counts, admits and says of its health. */
export interface Operations {
  /** The store to work with: the given one with a watch on it. */
  readonly store: ServiceStore
  readonly log: ServiceLog
  readonly metrics: Metrics
  readonly isBusy: Admission
  /** Throws 503 `overload/busy` where it is. */
  admit(): void
  readonly spend: Allowance
  readonly metricsKey: string | undefined
  health(): Promise<StoreState>
  /** Counts, logs and traces one request. `work` answers every failure itself. */
  observe(request: Pick<Incoming, "method" | "headers">, work: (seen: Seen) => Promise<Reply>): Promise<Reply>
}

export interface OperationsOptions {
  readonly store: ServiceStore
  readonly log?: Logger | false | undefined
  readonly tracer?: Tracer | undefined
  readonly rates?: Rates | undefined
  readonly metricsKey?: string | undefined
  /** Monotonic milliseconds. */
  readonly stopwatch?: (() => Millis) | undefined
  readonly random?: (() => number) | undefined
}

export const createOperations = (options: OperationsOptions): Operations => {
  const { stopwatch = () => performance.now(), random = Math.random, metricsKey } = options
  const log = createLog(options.log)
  const metrics = createMetrics()
  const tracing = createTracing(options.tracer)
  const { store, backlog, isFailing } = observeStore(options.store, { metrics, tracing, stopwatch })
  followCommits(options.store, metrics)
  metrics.gauge("tellonce_store_waiting_calls", () => backlog().waiting)
  metrics.gauge("tellonce_store_oldest_wait_seconds", () => backlog().oldest / 1_000)
  const isBusy = createAdmission({ backlog, stopwatch, afterTurn: (run) => void setImmediate(run) })
  return {
    store,
    log,
    metrics,
    metricsKey,
    isBusy,
    admit() {
      if (isBusy()) throw busyProblem(random())
    },
    spend: createAllowance({ rates: { ...usualRates, ...options.rates }, stopwatch }),
    health: createHealth({ store: options.store, isFailing }),
    observe: (request, work) =>
      tracing.request(request, async (name) => {
        const began = stopwatch()
        const seen: Seen = { id: randomUUID(), route: "unknown" }
        const reply = await work(seen)
        name(seen.route, reply.status)
        finish({
          method: methodName(request.method),
          status: reply.status,
          seen,
          duration: stopwatch() - began,
          log,
          metrics,
        })
        return withHeaders(reply, { "x-request-id": seen.id })
      }),
  }
}

/** A store that does not tell how long a commit took tells its watchers of each by itself. */
const followCommits = (store: ServiceStore, metrics: Metrics) => {
  if (store.onCommit) store.onCommit(({ signals, duration }) => metrics.committed(signals, duration))
  else store.watch(({ added }) => added.length > 0 && metrics.committed(added.length))
}

interface Finished {
  readonly method: string
  readonly status: number
  readonly seen: Seen
  readonly duration: Millis
  readonly log: ServiceLog
  readonly metrics: Metrics
}

const finish = ({ method, status, seen, duration, log, metrics }: Finished) => {
  const { route, code, principal } = seen
  metrics.answered({ method, route, status, duration })
  const isShed = code?.startsWith("overload/") === true
  if (isShed) metrics.shed(code)
  // Under the load at which they are shed a line for each would be more load: the count warns, and who wants the lines asks for them.
  const level = status >= 500 && !isShed ? "warn" : status >= 400 ? "info" : "debug"
  log.write(level, "answered", { requestId: seen.id, method, route, status, code, principal, ms: round(duration) })
}

/** The label is one of these: a caller may send any word as a method. */
const methodName = (method: string): string => (methods.has(method) ? method : "other")
const methods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"])

const round = (duration: Millis): Millis => Math.round(duration * 100) / 100

/** Counts what became of the signals of one call. */
export const countSignals = async (
  { metrics }: Pick<Operations, "metrics">,
  kept: Promise<readonly IngestResult[]>,
): Promise<readonly IngestResult[]> => {
  const results = await kept
  const counts = new Map<string, number>()
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1)
  for (const [status, count] of counts) metrics.signals(status, count)
  return results
}

/** The code of a refusal of ours; of anything else, the code its answer has. */
export const codeOf = (thrown: unknown): string => (isTellonceError(thrown) ? thrown.code : "service/internal")
