import { Webhook } from "standardwebhooks"
import { customEvent } from "../custom-event.ts"
import { decodeText } from "../http/parse-json.ts"
import { isObject, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { readPayload } from "./read-payload.ts"
import { isSame, verdict } from "./verify-hmac.ts"
import type { WebhookFormat } from "./webhook-format.ts"

/** Anything that signs by the Standard Webhooks specification: `{ type, timestamp, data }`. `source` names the sender. */
export const standardWebhooks = (source: string): WebhookFormat => ({
  isSecret: (secret) => /^(whsec_)?([A-Za-z\d+/]{4})+([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(secret),
  verify({ headers, body, now }, secrets) {
    const [id, time, signatures] = ["id", "timestamp", "signature"].map((name) => headers.get(`webhook-${name}`))
    if (!id || !time || !signatures || !/^\d{1,12}$/.test(time)) return verdict(false)
    // The library's own `verify` reads the clock of the machine; ours is an argument.
    const at = Number(time) * 1_000
    const text = decodeText(body)
    const sent = signatures.split(" ").map((each) => Buffer.from(each))
    const isSigned = secrets.some((secret) => {
      const expected = Buffer.from(new Webhook(secret).sign(id, new Date(at), text))
      return sent.some((signature) => isSame(signature, expected))
    })
    return verdict(isSigned, { at, now })
  },
  read(delivery) {
    const payload = readPayload(delivery)
    const name = textIn(payload, "type") ?? "webhook"
    const { data } = payload
    return [
      {
        name,
        id: delivery.headers.get("webhook-id") ?? "",
        at: parseTime(payload.timestamp),
        // Only the company knows where such a payload names its customer.
        identity: undefined,
        authority: "record",
        channel: "backend",
        source,
        event: customEvent(name, isObject(data) ? data : undefined),
        body: payload,
      },
    ]
  },
})
