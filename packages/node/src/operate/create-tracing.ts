import type { Context, Span, Tracer } from "@opentelemetry/api"
import type { Incoming } from "../http/incoming.ts"

/** Spans of OpenTelemetry around requests and store calls; without a tracer, nothing. */
export interface Tracing {
  /** As part of the trace that the caller's headers name, when the application has a propagator for them. */
  request<Result>(
    request: Pick<Incoming, "method" | "headers">,
    work: (name: (route: string, status: number) => void) => Promise<Result>,
  ): Promise<Result>
  store<Result>(operation: string, work: () => Promise<Result>): Promise<Result>
}

/** The values of SpanKind.SERVER, SpanKind.CLIENT and SpanStatusCode.ERROR, which an optional peer cannot be asked for. */
const server = 1
const client = 2
const failed = 2

export const createTracing = (tracer: Tracer | undefined): Tracing =>
  tracer === undefined
    ? { request: (_request, work) => work(unnamed), store: (_operation, work) => work() }
    : traced(tracer)

const unnamed = () => {}

const traced = (tracer: Tracer): Tracing => ({
  async request({ method, headers }, work) {
    const options = { kind: server, attributes: { "http.request.method": method } }
    return tracer.startActiveSpan(method, options, await callersContext(headers), (span) =>
      ended(span, () =>
        work((route, status) => {
          span.updateName(`${method} ${route}`)
          span.setAttributes({ "http.route": route, "http.response.status_code": status })
          if (status >= 500) span.setStatus({ code: failed })
        }),
      ),
    )
  },
  store: (operation, work) =>
    tracer.startActiveSpan(
      `tellonce.store ${operation}`,
      { kind: client, attributes: { "db.operation.name": operation } },
      (span) => ended(span, work),
    ),
})

/** What the application's own propagator makes of `traceparent` and its like. Whoever has a tracer has the peer. */
const callersContext = async (headers: Incoming["headers"]): Promise<Context> => {
  const { context, propagation } = await import("@opentelemetry/api")
  return propagation.extract(context.active(), headers, {
    get: (carrier, name) => carrier.get(name) ?? undefined,
    keys: () => [],
  })
}

/** The text of an error stays out of the span: it may hold what a customer said. */
const ended = async <Result>(span: Span, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (thrown) {
    span.setStatus({ code: failed })
    throw thrown
  } finally {
    span.end()
  }
}
