import type { Span, Tracer } from "@opentelemetry/api"

/** Spans of OpenTelemetry around requests and store calls; without a tracer, nothing. */
export interface Tracing {
  request<Result>(
    method: string,
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
    ? { request: (_method, work) => work(unnamed), store: (_operation, work) => work() }
    : traced(tracer)

const unnamed = () => {}

const traced = (tracer: Tracer): Tracing => ({
  request: (method, work) =>
    tracer.startActiveSpan(method, { kind: server, attributes: { "http.request.method": method } }, (span) =>
      ended(span, () =>
        work((route, status) => {
          span.updateName(`${method} ${route}`)
          span.setAttributes({ "http.route": route, "http.response.status_code": status })
          if (status >= 500) span.setStatus({ code: failed })
        }),
      ),
    ),
  store: (operation, work) =>
    tracer.startActiveSpan(
      `tellonce.store ${operation}`,
      { kind: client, attributes: { "db.operation.name": operation } },
      (span) => ended(span, work),
    ),
})

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
