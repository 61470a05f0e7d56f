import { randomUUID } from "node:crypto"
import type { Tracer } from "@opentelemetry/api"
import type { Millis, ServiceStore } from "@tellonce/core"
import { isTellonceError } from "@tellonce/core"
import type { Logger } from "pino"
import type { IngestResult } from "../ingest/ingest-result.ts"
import { type Admission, createAdmission } from "../overload/create-admission.ts"
import { type Allowance, createAllowance, type Rates, usualRates } from "../overload/create-allowance.ts"
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
  readonly admit: Admission
  readonly spend: Allowance
  readonly metricsKey: string | undefined
  health(): Promise<StoreState>
  /** Counts, logs and traces one request. `work` answers every failure itself. */
  observe(request: Request, work: (seen: Seen) => Promise<Response>): Promise<Response>
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
  // A store tells its watchers of each commit by itself.
  options.store.watch((added) => metrics.committed(added.length))
  return {
    store,
    log,
    metrics,
    metricsKey,
    admit: createAdmission({ backlog, stopwatch, random, afterTurn: (run) => void setImmediate(run) }),
    spend: createAllowance({ rates: { ...usualRates, ...options.rates }, stopwatch }),
    health: createHealth({ store: options.store, isFailing }),
    observe: (request, work) =>
      tracing.request(request.method, async (name) => {
        const began = stopwatch()
        const seen: Seen = { id: randomUUID(), route: "unknown" }
        const response = await work(seen)
        name(seen.route, response.status)
        finish({ request, response, seen, duration: stopwatch() - began, log, metrics })
        return response
      }),
  }
}

interface Finished {
  readonly request: Request
  readonly response: Response
  readonly seen: Seen
  readonly duration: Millis
  readonly log: ServiceLog
  readonly metrics: Metrics
}

const finish = ({ request, response, seen, duration, log, metrics }: Finished) => {
  const method = methodName(request.method)
  const { route, code, principal } = seen
  const { status } = response
  response.headers.set("x-request-id", seen.id)
  metrics.answered({ method, route, status, duration })
  if (code?.startsWith("overload/")) metrics.shed(code)
  const level = status >= 500 ? "warn" : status >= 400 ? "info" : "debug"
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
  for (const status of statuses) {
    const count = results.filter((result) => result.status === status).length
    if (count > 0) metrics.signals(status, count)
  }
  return results
}
const statuses = ["accepted", "duplicate", "rejected", "erased"] as const

/** The code of a refusal of ours; of anything else, the code its answer has. */
export const codeOf = (thrown: unknown): string => (isTellonceError(thrown) ? thrown.code : "service/internal")
