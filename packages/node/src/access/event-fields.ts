import type { HouseEventName } from "@tellonce/core"

/** Stands for the events that are in the log alone: offers, acceptances and the company's own. */
export const logEvents = "$events"

/** Where claimed links are kept; whoever may read `$links` reads them. */
export const claims = "$claims"

const fieldOf: Readonly<Record<HouseEventName, string>> = {
  message: "$messages",
  asked: "$asked",
  told: "$told",
  promised: "$promised",
  tried: "$tried",
  linked: "$links",
  unlinked: "$links",
  opened: "$matters",
  closed: "$matters",
  held: "$holds",
  released: "$holds",
  handed: "$handoffs",
  taken: "$handoffs",
  declined: "$handoffs",
  offered: logEvents,
  accepted: logEvents,
}

/** The field whose readers may see an event of this name. */
export const eventField = (name: string): string =>
  Object.hasOwn(fieldOf, name) ? fieldOf[name as HouseEventName] : logEvents
