import type { CustomEvent } from "@tellonce/core"
import { customEvent } from "../custom-event.ts"
import { type JsonObject, objectIn } from "../json-object.ts"
import type { SegmentMessage } from "./segment-message.ts"

/** What of a visited page is kept beside the properties. */
const pageMembers = ["path", "url", "title", "referrer", "search"] as const

/**
 * What happened. Traits stay out: what a customer is like becomes a fact by the table or is not kept. Undefined for a call that only says
 * who somebody is.
 */
export const toEvent = (
  message: SegmentMessage,
  renamed: Readonly<Record<string, string>>,
): CustomEvent | undefined => {
  const { type, name, properties } = message
  if (type === "track") {
    const event = message.event ?? "track"
    return customEvent(Object.hasOwn(renamed, event) ? (renamed[event] ?? event) : event, properties)
  }
  const named: JsonObject = name === undefined ? {} : { name }
  if (type === "page") return customEvent("page", { ...pageOf(message), ...properties, ...named })
  if (type === "screen") return customEvent("screen", { ...properties, ...named })
  return type === "group" && message.groupId !== undefined
    ? customEvent("group", { groupId: message.groupId })
    : undefined
}

const pageOf = ({ context }: SegmentMessage): JsonObject => {
  const page = objectIn(context, "page")
  return Object.fromEntries(pageMembers.flatMap((name) => (typeof page[name] === "string" ? [[name, page[name]]] : [])))
}
