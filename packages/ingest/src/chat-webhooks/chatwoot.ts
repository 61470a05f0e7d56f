import type { Identity, Proof } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import { type JsonObject, objectIn, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { readPayload } from "../webhooks/read-payload.ts"
import { hasSigned, verdict } from "../webhooks/verify-hmac.ts"
import type { WebhookFormat } from "../webhooks/webhook-format.ts"
import { toMessageEvents } from "./chat-message.ts"
import { vendorChannel } from "./vendor-channel.ts"

/** Messages of Chatwoot. Private notes and what Chatwoot itself remarks are no messages. */
export const chatwoot: WebhookFormat = {
  verify({ headers, body, now }, secrets) {
    const time = headers.get("x-chatwoot-timestamp") ?? ""
    const signature = /^sha256=([0-9a-f]{64})$/.exec(headers.get("x-chatwoot-signature") ?? "")?.[1] ?? ""
    const signed = [`${time}.`, body]
    const isSigned = hasSigned({ algorithm: "sha256", encoding: "hex", secrets, signed, signatures: [signature] })
    return verdict(isSigned, { at: parseTime(time, "s"), now })
  },
  read(delivery) {
    const payload = readPayload(delivery)
    const kind = kinds[textIn(payload, "message_type") ?? ""]
    const id = textIn(payload, "id")
    if (payload.event !== "message_created" || payload.private === true || !kind || id === undefined) return []
    const conversation = objectIn(payload, "conversation")
    const sender = objectIn(payload, "sender")
    const contact = kind === "incoming" ? sender : objectIn(objectIn(conversation, "meta"), "sender")
    return toMessageEvents({
      vendor: "chatwoot",
      id: `${textIn(objectIn(payload, "account"), "id") ?? ""}-${id}`,
      at: parseTime(payload.created_at, "s"),
      text: textIn(payload, "content") ?? "",
      // Bots are of several types, and what a rule sends has no sender: an agent is only who is said to be one.
      by: kind === "incoming" ? "customer" : sender.type === "user" ? "agent" : "bot",
      speaker: textIn(sender, "id"),
      channel: vendorChannel(textIn(conversation, "channel")),
      conversation: textIn(conversation, "id"),
      ...whose(contact, conversation),
      payload,
    })
  },
}

const kinds: Readonly<Record<string, "incoming" | "outgoing">> = {
  incoming: "incoming",
  outgoing: "outgoing",
  "0": "incoming",
  "1": "outgoing",
}

/** The contact as Chatwoot knows it. What it was told of it is a claim, but for the identifier where the site has signed it. */
const whose = (contact: JsonObject, conversation: JsonObject): Pick<ForeignEvent, "identity" | "links"> => {
  const id = textIn(contact, "id")
  if (id === undefined) return { identity: undefined }
  const isSigned = ["contact_inbox", "meta"].some((name) => objectIn(conversation, name).hmac_verified === true)
  const told: readonly (readonly [string, string | undefined, Proof])[] = [
    ["user", textIn(contact, "identifier"), isSigned ? "verified" : "claimed"],
    ["email", textIn(contact, "email"), "claimed"],
    ["phone", textIn(contact, "phone_number"), "claimed"],
  ]
  const identity: Identity = { kind: "chatwoot.contact", value: id }
  return {
    identity,
    links: told.flatMap(([kind, value, proof]) => (value === undefined ? [] : [{ to: { kind, value }, proof }])),
  }
}
