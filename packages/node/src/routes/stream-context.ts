import { liveFeed } from "../live-feed.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const streamContext: Route = {
  method: "GET",
  path: "/v1/stream",
  summary: "Server-sent events: a snapshot, then signals as they are kept. Send Last-Event-ID to go on where you were.",
  query: ["identity"],
  answers: "An event stream of `snapshot` and `signals`",
  async handle(call) {
    const { request, principal, service } = call
    await readAllowed(call, "read")
    const stream = liveFeed({
      store: service.store,
      clock: service.clock,
      read: () => readAllowed(call, "read"),
      lastEventId: Number.parseInt(request.headers.get("last-event-id") ?? "0", 10) || 0,
      expiresAt: "expiresAt" in principal ? principal.expiresAt : undefined,
    })
    return new Response(stream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
    })
  },
}
