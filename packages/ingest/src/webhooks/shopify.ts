import { customEvent } from "../custom-event.ts"
import type { ForeignEvent } from "../foreign-event.ts"
import { type JsonObject, objectIn, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { hashOf } from "../signal-id.ts"
import { readPayload } from "./read-payload.ts"
import { hasSigned, verdict } from "./verify-hmac.ts"
import type { WebhookFormat } from "./webhook-format.ts"

/** Shopify's webhooks, by topic: `"orders/fulfilled"`. The paths of the table begin at the order, or whatever the topic is about. */
export const shopify: WebhookFormat = {
  verify: ({ headers, body }, secrets) =>
    verdict(
      hasSigned({
        algorithm: "sha256",
        encoding: "base64",
        secrets,
        signed: [body],
        signatures: [headers.get("x-shopify-hmac-sha256") ?? ""],
      }),
    ),
  read(delivery) {
    const { headers, body } = delivery
    const payload = readPayload(delivery)
    const topic = headers.get("x-shopify-topic") ?? ""
    if (!/^[a-z_]+\/[a-z_]+$/.test(topic)) return []
    return [
      {
        name: topic,
        // Only the body is signed. An id or a time of the headers could be made up for a body that was kept, and so be sent again.
        id: `${hashOf(topic)}-${hashOf(body)}`,
        at: parseTime(payload.updated_at) ?? parseTime(payload.created_at),
        ...whose(topic, payload),
        authority: "record",
        channel: "shop",
        source: "shopify",
        event: customEvent(topic, idsOf(payload)),
        body: payload,
      },
    ]
  },
}

const whose = (topic: string, payload: JsonObject): Pick<ForeignEvent, "identity"> => {
  const customer = topic.startsWith("customers/") ? payload : objectIn(payload, "customer")
  const id = textIn(customer, "id")
  if (id !== undefined) return { identity: { kind: "shopify.customer", value: id } }
  const email = textIn(payload, "email")
  return { identity: email === undefined ? undefined : { kind: "unproven.email", value: email } }
}

/** Names and addresses stay out: a row picks what of them is a fact. */
const idsOf = (payload: JsonObject): JsonObject =>
  Object.fromEntries(
    ["id", "order_id"].flatMap((name) => (textIn(payload, name) ? [[name, textIn(payload, name)]] : [])),
  )
