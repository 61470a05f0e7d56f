/** A child process with one server in it. Says where it listens, and what processor time it has used. */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { applySignals, type Context, createSignalParser, emptyContext, identityKey, type Signal } from "@tellonce/core"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"
import * as z from "zod"
import { definitionOf, latestKinds } from "../workload.ts"
import { secret } from "./requests.ts"

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )

/** A bare server of node:http that takes the body, parses it, and does this with the batch. */
const serveBatches = (take: (signals: readonly unknown[]) => number): Promise<string> =>
  listen(
    createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const { signals } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly signals: readonly unknown[] }
        response.setHeader("content-type", "application/json")
        response.end(JSON.stringify({ accepted: take(signals) }))
      })
    }),
  )

/** As little as a server can do for a batch: count what is in it. */
const serveRaw = () => serveBatches((signals) => signals.length)

/** The same, validated by the parser the service uses, and applied to the contexts of its customers. */
const serveMerged = () => {
  const definition = definitionOf(latestKinds)
  const parse = createSignalParser((envelope) => z.compile(envelope))
  const contexts = new Map<string, Context>()
  return serveBatches((inputs) => {
    const batches = new Map<string, Signal[]>()
    for (const input of inputs) {
      const parsed = parse(definition, input)
      if (!parsed.ok) throw new Error(parsed.code)
      const key = identityKey(parsed.signal.identity)
      const batch = batches.get(key)
      if (batch) batch.push(parsed.signal)
      else batches.set(key, [parsed.signal])
    }
    for (const [key, signals] of batches)
      contexts.set(key, applySignals(contexts.get(key) ?? emptyContext(definition), signals))
    return inputs.length
  })
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
  return listen(server)
}

const serveOurs = async (): Promise<string> => {
  const tellonce = createTellonce({
    context: definitionOf(latestKinds),
    store: createMemoryStore(),
    keys: { publishable: "pk_bench_page", secret },
  })
  return (await serve(tellonce)).url
}

const servers: Readonly<Record<string, () => Promise<string>>> = {
  raw: serveRaw,
  merged: serveMerged,
  echo: serveEcho,
  ours: serveOurs,
}

process.on("message", () => process.send?.({ cpu: process.cpuUsage() }))
process.on("disconnect", () => process.exit(0))
const url = await servers[process.argv[2] ?? ""]?.()
process.send?.({ url })
