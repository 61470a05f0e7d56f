import { serveStatic } from "@hono/node-server/serve-static"
import type { Ingest } from "@tellonce/ingest"
import type { Tellonce } from "@tellonce/node"
import { Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import * as z from "zod"
import { catalog, lastOrder } from "./catalog.ts"
import type { ShopFields } from "./shop-context.ts"

export interface ShopParts {
  readonly tellonce: Tellonce<ShopFields>
  readonly ingest: Ingest
  readonly publishableKey: string
  /** The shop's own routes, below `/shop`. */
  readonly routes: readonly Hono[]
  /** Where the built page lies. */
  readonly pageDirectory: string
}

/** The shop's website and backend, with the context service mounted beside it. */
export const createShopApp = ({ tellonce, ingest, publishableKey, routes, pageDirectory }: ShopParts): Hono => {
  const app = new Hono()
  app.all("/v1/*", async ({ req: { raw } }) => (await ingest.fetch(raw)) ?? tellonce.fetch(raw))
  // The CRMs' frames know the shop by one origin.
  app.get("/", (call, next) => {
    const url = new URL(call.req.url)
    if (url.hostname !== "localhost") return next()
    url.hostname = "127.0.0.1"
    return Promise.resolve(call.redirect(url.href))
  })
  app.get("/healthz", (call) => tellonce.fetch(call.req.raw))
  app.get("/shop/config", (call) => call.json({ key: publishableKey, catalog, lastOrder }))
  for (const route of routes) app.route("/shop", route)
  app.onError((error, call) => {
    if (error instanceof HTTPException) return call.json({ error: error.message }, error.status)
    if (error instanceof z.ZodError || error instanceof SyntaxError) {
      return call.json({ error: "This is not what the shop takes." }, 400)
    }
    console.error(error)
    return call.json({ error: "The shop failed." }, 500)
  })
  app.use("/*", serveStatic({ root: pageDirectory }))
  return app
}
