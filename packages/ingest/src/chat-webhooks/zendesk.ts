import type { Identity } from "@tellonce/core"
import { type JsonObject, objectIn, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { readPayload } from "../webhooks/read-payload.ts"
import { hasSigned, verdict } from "../webhooks/verify-hmac.ts"
import type { WebhookFormat } from "../webhooks/webhook-format.ts"
import { type ChatMessage, toMessageEvents, type VendorMessage } from "./chat-message.ts"
import { vendorChannel } from "./vendor-channel.ts"

/** Public comments of Zendesk tickets, and messages of its messaging. */
export const zendesk: WebhookFormat = {
  verify({ headers, body, now }, secrets) {
    const time = headers.get("x-zendesk-webhook-signature-timestamp") ?? ""
    const signatures = [headers.get("x-zendesk-webhook-signature") ?? ""]
    const signed = [time, body]
    const isSigned = hasSigned({ algorithm: "sha256", encoding: "base64", secrets, signed, signatures })
    return verdict(isSigned, { at: parseTime(time), now })
  },
  read(delivery) {
    const payload = readPayload(delivery)
    const type = textIn(payload, "type")
    const detail = objectIn(payload, "detail")
    const shared = { vendor: "zendesk", at: parseTime(payload.time), conversation: textIn(detail, "id"), payload }
    if (type === "zen:event-type:ticket.comment_added") return toMessageEventsOf(toComment(payload, detail), shared)
    if (type === "zen:event-type:messaging_ticket.message_added") return toMessageEventsOf(toChat(payload), shared)
    return []
  },
}

type Told = Pick<VendorMessage, "id" | "text" | "by" | "speaker" | "channel" | "identity">

const toMessageEventsOf = (
  told: Told | undefined,
  shared: Pick<VendorMessage, "vendor" | "at" | "conversation" | "payload">,
) => (told === undefined ? [] : toMessageEvents({ ...shared, ...told, links: undefined }))

/** Who comments is a customer of their own, be it in the ticket of another; an agent speaks to whoever asked. */
const toComment = (payload: JsonObject, detail: JsonObject): Told | undefined => {
  const comment = objectIn(objectIn(payload, "event"), "comment")
  const author = objectIn(comment, "author")
  if (comment.is_public !== true) return undefined
  const isStaff = author.is_staff === true
  return {
    id: `comment-${textIn(comment, "id") ?? textIn(payload, "id") ?? ""}`,
    text: textIn(comment, "body") ?? "",
    by: isStaff ? "agent" : "customer",
    speaker: textIn(author, "id"),
    channel: vendorChannel(textIn(objectIn(detail, "via"), "channel")),
    identity: userOf(isStaff ? textIn(detail, "requester_id") : textIn(author, "id")),
  }
}

const actors: Readonly<Record<string, ChatMessage["by"]>> = {
  end_user: "customer",
  agent: "agent",
  trigger: "bot",
  system: "bot",
}

/** What an agent or a bot writes here names no customer: whoever wants it kept tells `identity` from the ticket. */
const toChat = (payload: JsonObject): Told | undefined => {
  const event = objectIn(payload, "event")
  const [actor, message] = [objectIn(event, "actor"), objectIn(event, "message")]
  const by = actors[textIn(actor, "type") ?? ""]
  if (by === undefined) return undefined
  return {
    id: `message-${textIn(message, "id") ?? textIn(payload, "id") ?? ""}`,
    text: textIn(message, "body") ?? "",
    by,
    speaker: textIn(actor, "id"),
    channel: "web-chat",
    identity: by === "customer" ? userOf(textIn(actor, "id")) : undefined,
  }
}

const userOf = (id: string | undefined): Identity | undefined =>
  id === undefined ? undefined : { kind: "zendesk.user", value: id }
