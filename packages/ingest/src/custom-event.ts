import type { CustomEvent, HouseEventName, Json } from "@tellonce/core"
import type { JsonObject } from "./json-object.ts"

const ours: Readonly<Record<HouseEventName, true>> = {
  message: true,
  asked: true,
  told: true,
  offered: true,
  accepted: true,
  promised: true,
  tried: true,
  linked: true,
  unlinked: true,
  opened: true,
  closed: true,
  held: true,
  released: true,
  handed: true,
  taken: true,
  declined: true,
}
const longestName = 64

/** An event under a foreign name. A name that is one of the house's own gets a prefix: nobody holds or links by calling a click so. */
export const customEvent = (name: string, data?: JsonObject): CustomEvent => {
  const own = Object.hasOwn(ours, name) ? `foreign.${name}` : name
  const event = { name: own.slice(0, longestName).trim() || "event" } as CustomEvent
  return data === undefined || Object.keys(data).length === 0 ? event : { ...event, data: data as Record<string, Json> }
}
