import { createHash } from "node:crypto"
import { decodeText, parseForm } from "../http/parse-json.ts"
import { parseTime } from "../parse-time.ts"
import { hasSigned, isSame, verdict } from "../webhooks/verify-hmac.ts"
import type { Delivery, WebhookFormat } from "../webhooks/webhook-format.ts"
import { toMessageEvents } from "./chat-message.ts"

/** Incoming texts of Twilio: SMS and WhatsApp, from a number or in a conversation. */
export const twilio: WebhookFormat = {
  // It signs no time; what is sent again carries the message's own id, and so is one message.
  verify(delivery, secrets) {
    const signatures = [delivery.headers.get("x-twilio-signature") ?? ""]
    const fields = signedFields(delivery)
    const check = (address: string) =>
      fields !== undefined &&
      hasSigned({ algorithm: "sha1", encoding: "base64", secrets, signed: [address, ...fields], signatures })
    return verdict(addressesOf(delivery.url).some(check))
  },
  read(delivery) {
    const form = formOf(delivery)
    const [, way, number] = /^(?:(\w+):)?(\+\d{6,15})$/.exec(form.get("From") ?? form.get("Author") ?? "") ?? []
    const sid = form.get("MessageSid")
    const isIncoming = form.has("From")
      ? (form.get("SmsStatus") ?? "received") === "received"
      : form.get("EventType") === "onMessageAdded"
    // Others than a number write from within the company's own chat, which tells itself.
    if (number === undefined || sid === null || !isIncoming) return []
    return toMessageEvents({
      vendor: "twilio",
      id: sid,
      at: parseTime(form.get("DateCreated")),
      text: form.get("Body") ?? "",
      by: "customer",
      speaker: undefined,
      channel: way ?? (form.get("Source")?.toLowerCase() || "sms"),
      conversation: form.get("ConversationSid") ?? undefined,
      // A sender's number can be made up: it is somebody's word until they prove it.
      identity: { kind: "unproven.phone", value: number },
      links: undefined,
      payload: Object.fromEntries(form),
    })
  },
  answer: { body: '<?xml version="1.0" encoding="UTF-8"?><Response/>', type: "text/xml" },
}

const formOf = ({ body }: Delivery): URLSearchParams => parseForm(decodeText(body))

/** Some of Twilio's services sign the address with its port and others without: its own libraries try both. */
const addressesOf = (url: string): readonly string[] => {
  const { protocol, hostname, port, pathname, search } = new URL(url)
  const usual = protocol === "https:" ? 443 : 80
  return ["", `:${port || usual}`].map((ending) => `${protocol}//${hostname}${ending}${pathname}${search}`)
}

/** A form is signed with its fields in order; any other body by its hash, which then stands in the signed address. */
const signedFields = (delivery: Delivery): readonly string[] | undefined => {
  const { url, body, headers } = delivery
  const expected = new URL(url).searchParams.get("bodySHA256")
  if (expected !== null) {
    const hash = createHash("sha256").update(body).digest()
    return isSame(Buffer.from(expected, "hex"), hash) ? [] : undefined
  }
  if (!headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) return undefined
  return [...formOf(delivery)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flat()
}
