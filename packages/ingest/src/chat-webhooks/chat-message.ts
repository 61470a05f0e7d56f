import type { Authority } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import type { JsonObject } from "../json-object.ts"

/** A message of a chat or text vendor; where the paths and functions of the row `"message"` begin. */
export interface ChatMessage {
  readonly text: string
  /** Who wrote it. */
  readonly by: Extract<Authority, "customer" | "agent" | "bot">
  /** The vendor's name of the conversation. */
  readonly conversation: string | undefined
  /** As the vendor sent it. */
  readonly payload: JsonObject
}

/** A message with what its vendor knows of its writer. */
export interface VendorMessage extends ChatMessage, Pick<ForeignEvent, "id" | "at" | "identity" | "links" | "speaker"> {
  readonly vendor: string
  readonly channel: string
}

/** The longest text a signal may hold. */
const longest = 65_536

/** A message as an event, if it has a text. */
export const toMessageEvents = (message: VendorMessage): readonly ForeignEvent[] => {
  const { id, at, identity, links, speaker, vendor, channel, by, conversation, payload } = message
  const text = message.text.trim().slice(0, longest)
  if (text === "") return []
  const body: ChatMessage = { text, by, conversation, payload }
  return [
    {
      ...{ name: "message", id, at, identity, links, channel, body },
      authority: by,
      source: vendor,
      // A customer is named by the identity; of the others several speak.
      speaker: by === "customer" ? undefined : speaker,
      event: { name: "message", text },
    },
  ]
}
