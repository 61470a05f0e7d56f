import type { Server, ServerResponse } from "node:http"
import type { Millis } from "@tellonce/core"

/** Answers that are under way, so that a server can stop without breaking one. */
export interface Drain {
  track(response: ServerResponse): void
  /** This one is a stream of events, which ends only when it is ended. */
  streams(response: ServerResponse): void
  /** Takes no more, ends the streams, lets the rest finish, and breaks off what is not done `within` that time. */
  run(server: Server, within: Millis): Promise<void>
}

export const createDrain = (): Drain => {
  const open = new Set<ServerResponse>()
  const streams = new WeakSet<ServerResponse>()
  let draining = false
  /** One whose headers are still on their way is ended when they have been sent. */
  const endStreams = () => {
    for (const response of open) {
      if (!streams.has(response) || !response.headersSent || response.writableEnded) continue
      response.end(": the service is stopping; come back with the last id\n\n")
    }
  }
  return {
    track(response) {
      open.add(response)
      response.once("close", () => open.delete(response))
      if (draining) response.setHeader("connection", "close")
    },
    streams(response) {
      streams.add(response)
      if (draining) endStreams()
    },
    async run(server, within) {
      draining = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const response of open) if (!response.headersSent) response.setHeader("connection", "close")
      // A connection that falls idle from now on is of no use to anyone.
      const tidy = () => {
        endStreams()
        server.closeIdleConnections()
      }
      tidy()
      const tidying = setInterval(tidy, 100)
      const late = setTimeout(() => server.closeAllConnections(), within)
      await closed
      clearInterval(tidying)
      clearTimeout(late)
    },
  }
}
