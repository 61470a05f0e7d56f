import type { RequestListener, ServerResponse } from "node:http"
import { getRequestListener, type Http2Bindings, type HttpBindings } from "@hono/node-server"
import type { Incoming } from "./incoming.ts"
import type { Reply } from "./reply.ts"
import { sendReply } from "./send-reply.ts"
import { toIncoming } from "./to-incoming.ts"

/** Anything with a Fetch-style handler. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>
  /** The same without the Fetch objects, where the handler offers it. Never rejects. */
  handle?(incoming: Incoming): Promise<Reply>
  /** Would a request that comes now only wait? */
  isBusy?(): boolean
  /** Told of each request that the server refused in its place, by the code of the refusal. */
  onShed?(code: string): void
  /** Called when the server has stopped: what is kept is flushed and closed. */
  close?(): Promise<void>
}

/**
 * The handler as a listener for node:http, Express and Fastify. Mount it before any body parser: it reads the body itself. A service is
 * spoken to directly; for any other handler Fetch objects stand between, which cost several times what they carry.
 */
export const toNodeListener = (handler: Pick<FetchHandler, "fetch" | "handle">): RequestListener =>
  listenerOf(handler, () => {}, false)

/** As above, for a server of its own: it is told of each answer that is a stream of events, which ends only when it is ended, and may have let each request in itself. */
export const listenerOf = (
  { fetch, handle }: Pick<FetchHandler, "fetch" | "handle">,
  onStream: (response: ServerResponse) => void,
  isAdmitted: boolean,
): RequestListener => {
  if (handle) {
    return async (message, response) => {
      const reply = await handle(toIncoming(message, isAdmitted))
      const sent = sendReply(reply, response).catch(() => response.destroy())
      if (isStream(reply.headers["content-type"])) onStream(response)
      await sent
    }
  }
  const answer = async (request: Request, { outgoing }: HttpBindings | Http2Bindings) => {
    const response = await fetch(request)
    if (isStream(response.headers.get("content-type"))) onStream(outgoing as ServerResponse)
    return response
  }
  return getRequestListener(answer, { overrideGlobalObjects: false })
}

const isStream = (contentType: string | null | undefined): boolean =>
  contentType?.startsWith("text/event-stream") === true
