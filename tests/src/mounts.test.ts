import { createServer, type Server } from "node:http"
import { createMemoryStore, createTellonce, serve, toNodeListener } from "@tellonce/node"
import express from "express"
import Fastify from "fastify"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { keys, said, shop } from "./service-under-test.ts"

const tellonce = () => createTellonce({ context: shop, store: createMemoryStore(), keys })

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`)),
  )

/** The same short visit to the service through any framework: a write, a read, the framework's own page, a live feed. */
const visits = async (url: string) => {
  const headers = { authorization: `Bearer ${keys.secret}`, "content-type": "application/json" }
  const body = JSON.stringify({ signals: [said({ facts: { orderNumber: "A-1" } })] })
  const written = await (await fetch(`${url}/v1/signals`, { method: "POST", headers, body })).json()
  const read = await (await fetch(`${url}/v1/context?identity=email:ada@example.com`, { headers })).json()
  const feed = await fetch(`${url}/v1/stream?identity=email:ada@example.com`, { headers })
  const first = new TextDecoder().decode((await feed.body?.getReader().read())?.value)
  const own = await (await fetch(`${url}/hello`)).text()
  const health = await fetch(`${url}/healthz`)
  return {
    status: written.results[0].status,
    value: read.view.orderNumber.value,
    feed: first.includes("event: snapshot"),
    own,
    health: health.status,
  }
}

const well = { status: "accepted", value: "A-1", feed: true, own: "hello", health: 200 }

describe("the handler mounts in", () => {
  it("Hono", async () => {
    const service = tellonce()
    const app = new Hono()
    app.all("/v1/*", (call) => service.fetch(call.req.raw))
    app.get("/healthz", (call) => service.fetch(call.req.raw))
    app.get("/hello", (call) => call.text("hello"))
    const served = await serve(app as { fetch(request: Request): Promise<Response> })
    expect(await visits(served.url)).toEqual(well)
    await served.close()
  })

  it("Express, before its body parser", async () => {
    const app = express()
    app.all(/^\/(v1\/|healthz$)/, toNodeListener(tellonce()))
    app.use(express.json())
    app.get("/hello", (_request, response) => void response.send("hello"))
    const server = createServer(app)
    expect(await visits(await listening(server))).toEqual(well)
    server.closeAllConnections()
    server.close()
  })

  it("Express after its body parser not at all, and says so", async () => {
    const app = express()
    app.use(express.json())
    app.all(/^\/v1\//, toNodeListener(tellonce()))
    const server = createServer(app)
    const url = await listening(server)
    const headers = { authorization: `Bearer ${keys.secret}`, "content-type": "application/json" }
    const answer = await fetch(`${url}/v1/signals`, { method: "POST", headers, body: '{"signals":[]}' })
    expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: "http/body_taken" } }])
    server.closeAllConnections()
    server.close()
  })

  it("Fastify, past its body parser", async () => {
    const app = Fastify()
    const listener = toNodeListener(tellonce())
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser("*", (_request, _payload, done) => done(null))
      for (const url of ["/v1/*", "/healthz"]) {
        scope.all(url, (request, reply) => {
          reply.hijack()
          listener(request.raw, reply.raw)
        })
      }
    })
    app.get("/hello", async () => "hello")
    const url = await app.listen({ port: 0, host: "127.0.0.1" })
    expect(await visits(url)).toEqual(well)
    app.server.closeAllConnections()
    await app.close()
  })
})
