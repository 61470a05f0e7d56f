import { createServer, type RequestListener, type Server } from "node:http"
import { getRequestListener } from "@hono/node-server"

/** Anything with a Fetch-style handler. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>
}

/** The handler as a listener for node:http, Express and Fastify. Mount it before any body parser: it reads the body itself. */
export const toNodeListener = ({ fetch }: FetchHandler): RequestListener =>
  getRequestListener(fetch, { overrideGlobalObjects: false })

export interface Served {
  readonly url: string
  readonly server: Server
  close(): Promise<void>
}

/** Listens on one address. Port 0 takes a free one. */
export const serve = async (handler: FetchHandler, { port = 0, host = "127.0.0.1" } = {}): Promise<Served> => {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, toNodeListener(handler))
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve))
  const address = server.address()
  const bound = typeof address === "object" && address ? address.port : port
  return {
    url: `http://${host}:${bound}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
