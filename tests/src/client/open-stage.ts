import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"
import { build } from "esbuild"
import { pageContext } from "./page-context.ts"

/** Answered, never answered, or cut. */
export type Serving = "served" | "held" | "cut"

/** A page on one origin and the real service on another, with what came over the wire. */
export interface Stage {
  readonly pageUrl: string
  readonly tellonce: ReturnType<typeof openService>
  /** The names of what the service has kept, in order of arrival. */
  kept(): Promise<readonly string[]>
  /** Every delivery of a signal, repeated ones included. */
  readonly deliveries: string[]
  /** Live feeds that are open. */
  streams(): number
  /** Until it is given undefined, requests to keep signals are answered with this status. */
  refuse(status: number | undefined): void
  /** What becomes of requests for the transport's chunk. */
  serveTransport(how: Serving): void
  close(): Promise<void>
}

const openService = (store = createMemoryStore()) =>
  createTellonce({
    context: pageContext,
    store,
    keys: { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" },
  })

export const openStage = async (): Promise<Stage> => {
  const store = createMemoryStore()
  const tellonce = openService(store)
  const deliveries: string[] = []
  let streams = 0
  let refusal: number | undefined
  const service = await serve({
    async fetch(request) {
      const path = new URL(request.url).pathname
      if (path === "/v1/stream" && request.method === "GET") {
        streams++
        request.signal.addEventListener("abort", () => streams--)
      }
      if (path !== "/v1/signals" || request.method !== "POST") return tellonce.fetch(request)
      const { signals } = (await request.clone().json()) as { signals: readonly { id: string }[] }
      deliveries.push(...signals.map(({ id }) => id))
      const cors = { "access-control-allow-origin": "*" }
      return refusal === undefined ? tellonce.fetch(request) : new Response("{}", { status: refusal, headers: cors })
    },
  })
  const page = await servePages()
  return {
    pageUrl: `${page.url}?service=${encodeURIComponent(service.url)}`,
    tellonce,
    deliveries,
    serveTransport: page.serveTransport,
    streams: () => streams,
    refuse: (status) => {
      refusal = status
    },
    async kept() {
      const keys = await store.keys({})
      const log = await store.log({ keys })
      return log.map(({ signal }) => String(signal.facts?.viewed).replace(/\.+$/, ""))
    },
    async close() {
      await page.close()
      await service.close()
      await tellonce.close()
    },
  }
}

/** `/` holds the client, its transport in a chunk of its own as bundlers make it; `/other` holds nothing. */
const servePages = async () => {
  const built = await build({
    entryPoints: { page: fileURLToPath(new URL("client-page.ts", import.meta.url)) },
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    conditions: ["@tellonce/source"],
    outdir: "/",
    write: false,
  })
  const scripts = new Map(built.outputFiles.map(({ path, text }) => [path, text]))
  const html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">'
  let serving: Serving = "served"
  const held = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/transport-") && serving !== "served") {
      if (serving === "cut") response.destroy()
      else held.add(response)
      return
    }
    const [path = ""] = request.url?.split("?") ?? []
    const script = scripts.get(path)
    const body = path === "/other" ? html : `${html}<script type="module" src="/page.js"></script>`
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript")
    response.end(script ?? body)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    serveTransport(how: Serving) {
      serving = how
      // A browser asks for one file once at a time: nobody else would get it.
      for (const response of held) response.destroy()
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
