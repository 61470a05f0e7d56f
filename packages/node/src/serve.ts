import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Millis } from "@tellonce/core"
import { type FetchHandler, listenerOf } from "./http/to-node-listener.ts"
import { createLane } from "./overload/create-lane.ts"
import { createDrain } from "./overload/drain.ts"
import { hasOwnLane } from "./overload/is-vital.ts"
import { oddityOf, refuseMalformed, refuseOddity } from "./overload/odd-request.ts"
import { refuseBusy } from "./overload/refuse-busy.ts"

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

const patience: Millis = 10_000

/** Before anything is checked: those who show the same credential, or none from the same address, wait for each other. */
const callerOf = ({ headers, socket }: IncomingMessage): string => headers.authorization ?? socket.remoteAddress ?? ""

/** Listens on one address, with limits on what a connection may cost before it has sent a request. */
export const serve = async (handler: FetchHandler, options: ServeOptions = {}): Promise<Served> => {
  const { port = 0, host = "127.0.0.1", maxConnections = 2_000 } = options
  const drain = createDrain()
  const listener = listenerOf(handler, drain.streams, handler.isBusy !== undefined)
  const lane = createLane({ stopwatch: () => performance.now(), nextTurn: (run) => void setImmediate(run) })
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    const oddity = oddityOf(request)
    if (oddity !== undefined) return refuseOddity(response, oddity)
    const answer = () => {
      // Whoever has gone while it waited needs no answer.
      if (response.destroyed) return
      drain.track(response)
      void listener(request, response)
    }
    if (hasOwnLane(request.url ?? "")) return answer()
    if (handler.isBusy?.() !== true && lane.enter(callerOf(request), answer)) return
    handler.onShed?.("overload/busy")
    refuseBusy(response, Math.random())
  })
  server.maxConnections = maxConnections
  server.maxHeadersCount = 100
  // Enough that keep-alive pays, few enough that clients spread again over several servers.
  server.maxRequestsPerSocket = 10_000
  server.on("clientError", refuseMalformed)
  // Room in the queue for as many as may come at once: whoever finds it full tries again after 1, 3, 7 and 15 s.
  const place = { port, host, backlog: maxConnections }
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(place, resolve))
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
