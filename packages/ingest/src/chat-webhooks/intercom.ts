import type { ForeignEvent } from "../foreign-event.ts"
import { isObject, type JsonObject, objectIn, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { readPayload } from "../webhooks/read-payload.ts"
import { hasSigned, verdict } from "../webhooks/verify-hmac.ts"
import type { WebhookFormat } from "../webhooks/webhook-format.ts"
import { type ChatMessage, toMessageEvents } from "./chat-message.ts"
import { htmlToPlain } from "./html-to-plain.ts"
import { vendorChannel } from "./vendor-channel.ts"

/** Messages of Intercom conversations. Notes are between agents. */
export const intercom: WebhookFormat = {
  // It signs no time; what is sent again carries the message's own id, and so is one message.
  verify({ headers, body }, secrets) {
    const signature = /^sha1=([0-9a-f]{40})$/.exec(headers.get("x-hub-signature") ?? "")?.[1] ?? ""
    return verdict(hasSigned({ algorithm: "sha1", encoding: "hex", secrets, signed: [body], signatures: [signature] }))
  },
  read(delivery) {
    const payload = readPayload(delivery)
    const topic = textIn(payload, "topic") ?? ""
    const conversation = objectIn(objectIn(payload, "data"), "item")
    const source = objectIn(conversation, "source")
    const told = openings.has(topic)
      ? [{ ...source, created_at: conversation.created_at }]
      : replies.has(topic)
        ? partsOf(conversation)
        : []
    const id = textIn(conversation, "id") ?? ""
    return told.flatMap((part) =>
      toMessageEvents({
        vendor: "intercom",
        id: `${id}-${textIn(part, "id") ?? "0"}`,
        at: parseTime(part.created_at, "s"),
        text: htmlToPlain(textIn(part, "body") ?? ""),
        by: authorOf(part),
        speaker: textIn(objectIn(part, "author"), "id"),
        channel: vendorChannel(textIn(source, "type")),
        conversation: id,
        ...whose(conversation, part),
        payload,
      }),
    )
  },
}

const openings = new Set([
  "conversation.user.created",
  "conversation.admin.single.created",
  "conversation.contact.created",
])
const replies = new Set(["conversation.user.replied", "conversation.admin.replied", "conversation.contact.replied"])

/** A webhook brings what is new, which is one part or a few. */
const mostParts = 10

const partsOf = (conversation: JsonObject): readonly JsonObject[] => {
  const parts = objectIn(conversation, "conversation_parts").conversation_parts
  const told = Array.isArray(parts)
    ? parts.filter(isObject).filter((part) => !notes.has(textIn(part, "part_type")))
    : []
  return told.slice(-mostParts)
}

const notes: ReadonlySet<string | undefined> = new Set(["note", "note_and_reopen"])

const authors: Readonly<Record<string, ChatMessage["by"]>> = {
  user: "customer",
  lead: "customer",
  contact: "customer",
  admin: "agent",
  team: "agent",
}

/** Whoever is neither said to be a customer nor an agent is a machine, as is the AI that answers in an agent's name. */
const authorOf = (part: JsonObject): ChatMessage["by"] => {
  const author = objectIn(part, "author")
  return author.from_ai_agent === true ? "bot" : (authors[textIn(author, "type") ?? ""] ?? "bot")
}

/** The contact as Intercom knows it: who wrote, or else whom the conversation is with. What the contact says of itself is a claim. */
const whose = (conversation: JsonObject, part: JsonObject): Pick<ForeignEvent, "identity" | "links"> => {
  const contacts = objectIn(conversation, "contacts").contacts
  const [first] = Array.isArray(contacts) ? contacts : []
  const contact = isObject(first) ? first : objectIn(conversation, "user")
  const author = authorOf(part) === "customer" ? objectIn(part, "author") : {}
  const id = textIn(author, "id") ?? textIn(contact, "id")
  if (id === undefined) return { identity: undefined }
  const isContact = id === textIn(contact, "id")
  const told = [
    ["user", isContact ? (textIn(contact, "external_id") ?? textIn(contact, "user_id")) : undefined],
    ["email", textIn(author, "email")],
  ] as const
  return {
    identity: { kind: "intercom.contact", value: id },
    links: told.flatMap(([kind, value]) =>
      value === undefined ? [] : [{ to: { kind, value }, proof: "claimed" as const }],
    ),
  }
}
