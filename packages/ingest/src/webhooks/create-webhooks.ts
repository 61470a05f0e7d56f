import type { KeepOptions } from "../create-keep.ts"
import type { Call, Desk, Handler } from "../handler.ts"
import { answer } from "../http/answer.ts"
import { Problem } from "../http/problem.ts"
import { readBody } from "../http/read-body.ts"
import type { Delivery, WebhookFormat } from "./webhook-format.ts"

/** A sender whose secrets, table and customers are told. */
export interface WebhookSender extends Pick<KeepOptions, "table" | "identity"> {
  readonly format: WebhookFormat
  readonly secrets: readonly string[]
}

/** `POST /v1/webhooks/<name>`, one for each sender. What is not signed by it is refused before it is looked at. */
export const createWebhooks = (senders: ReadonlyMap<string, WebhookSender>, desk: Desk): Handler => {
  return (call) => {
    const name = /^\/v1\/webhooks\/([a-z0-9-]+)\/?$/.exec(call.url.pathname)?.[1]
    const sender = name === undefined ? undefined : senders.get(name)
    return sender && (() => takeDelivery(call, sender, desk))
  }
}

const takeDelivery = async (call: Call, sender: WebhookSender, desk: Desk): Promise<Response> => {
  const { request, url } = call
  // Intercom takes no address that does not answer this.
  if (request.method === "HEAD") return new Response()
  if (request.method !== "POST") throw new Problem(405, "ingest/method", "Webhooks are posted here.")
  const { format, secrets, table, identity } = sender
  const { headers } = request
  const body = await readBody(request)
  const delivery: Delivery = {
    headers,
    body,
    url: `${desk.originOf(call)}${url.pathname}${url.search}`,
    now: desk.clock(),
  }
  const refusal = format.verify(delivery, secrets)
  if (refusal) throw new Problem(401, refusal.code, refusal.message)
  const events = format.read(delivery)
  if (events.length > 0) await desk.keep(events, { table, identity })
  return format.answer
    ? new Response(format.answer.body, { status: 200, headers: { "content-type": format.answer.type } })
    : answer(200, { ok: true })
}
