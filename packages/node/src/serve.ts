import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { getRequestListener } from "@hono/node-server"
import type { Millis } from "@tellonce/core"
import { createDrain } from "./overload/drain.ts"
import { oddityOf, refuseMalformed, refuseOddity } from "./overload/odd-request.ts"

/** Anything with a Fetch-style handler. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>
  /** Called when the server has stopped: what is kept is flushed and closed. */
  close?(): Promise<void>
}

/** The handler as a listener for node:http, Express and Fastify. Mount it before any body parser: it reads the body itself. */
export const toNodeListener = ({ fetch }: Pick<FetchHandler, "fetch">): RequestListener =>
  getRequestListener(fetch, { overrideGlobalObjects: false })

export interface Served {
  readonly url: string
  readonly server: Server
  /** Stops politely: no new requests, streams ended, the rest finished within 10 s (unless told), then the handler's `close`. */
  stop(options?: { readonly within?: Millis }): Promise<void>
  /** Stops at once and leaves the handler open. */
  close(): Promise<void>
}

export interface ServeOptions {
  /** 0, unless told, takes a free one. */
  readonly port?: number
  readonly host?: string
  /** Connections at a time; more are closed as they come. 2,000 unless told. */
  readonly maxConnections?: number
}

const isStream = (response: Response): boolean =>
  response.headers.get("content-type")?.startsWith("text/event-stream") === true

const patience: Millis = 10_000

/** Listens on one address, with limits on what a connection may cost before it has sent a request. */
export const serve = async (handler: FetchHandler, options: ServeOptions = {}): Promise<Served> => {
  const { port = 0, host = "127.0.0.1", maxConnections = 2_000 } = options
  const drain = createDrain()
  const listener = getRequestListener(
    async (request, { outgoing }) => {
      const response = await handler.fetch(request)
      if (isStream(response)) drain.streams(outgoing as ServerResponse)
      return response
    },
    { overrideGlobalObjects: false },
  )
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    const oddity = oddityOf(request)
    if (oddity !== undefined) return refuseOddity(response, oddity)
    drain.track(response)
    void listener(request, response)
  })
  server.maxConnections = maxConnections
  server.maxHeadersCount = 100
  // Enough that keep-alive pays, few enough that clients spread again over several servers.
  server.maxRequestsPerSocket = 10_000
  server.on("clientError", refuseMalformed)
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve))
  const bound = (server.address() as AddressInfo).port
  const urlHost = host.includes(":") ? `[${host}]` : host
  let stopping: Promise<void> | undefined
  return {
    url: `http://${urlHost}:${bound}`,
    server,
    stop({ within = patience } = {}) {
      stopping ??= drain.run(server, within).then(() => handler.close?.())
      return stopping
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
