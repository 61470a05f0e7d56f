/** A child process with one server in it: `raw`, `echo` or `ours`. Says where it listens, and what processor time it has used. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"
import { definitionOf, latestKinds } from "../workload.ts"
import { secret } from "./requests.ts"

/** As little as a server can do for a batch: take the body, parse it, count what is in it. */
const serveRaw = (): Promise<string> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { signals } = JSON.parse(Buffer.concat(chunks).toString()) as { signals: unknown[] }
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify({ accepted: signals.length }))
    })
  })
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
}

/** What is posted goes to whoever listens, as it came. */
const serveEcho = (): Promise<string> => {
  const listeners = new Set<import("node:http").ServerResponse>()
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(": open\n\n")
      listeners.add(response)
      response.on("close", () => listeners.delete(response))
      return
    }
    let body = ""
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on("end", () => {
      for (const listener of listeners) listener.write(`data: ${body}\n\n`)
      response.end("{}")
    })
  })
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
}

const serveOurs = async (): Promise<string> => {
  const tellonce = createTellonce({
    context: definitionOf(latestKinds),
    store: createMemoryStore(),
    keys: { publishable: "pk_bench_page", secret },
  })
  return (await serve(tellonce)).url
}

const servers: Readonly<Record<string, () => Promise<string>>> = { raw: serveRaw, echo: serveEcho, ours: serveOurs }

process.on("message", () => process.send?.({ cpu: process.cpuUsage() }))
process.on("disconnect", () => process.exit(0))
const url = await servers[process.argv[2] ?? ""]?.()
process.send?.({ url })
