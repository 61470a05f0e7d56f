import { type Served, serve } from "@tellonce/node"
import type { Hono } from "hono"

/** Serves an app on loopback; without a port, at a free one. */
export const listen = (app: Hono, port = 0): Promise<Served> =>
  serve({ fetch: async (request) => app.fetch(request) }, { port })
