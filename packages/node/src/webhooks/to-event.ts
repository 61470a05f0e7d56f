import { type Addressed, type HouseEvent, isEvent, type Json } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { WebhookEvent, WebhookEventName } from "./webhook.ts"

/** What a signal is to others once it is kept; undefined for what is not announced. */
export const toEvent = ({ signal, received }: Addressed): WebhookEvent | undefined => {
  const { event, identity, matter } = signal
  if (event === undefined || !isEvent(event, ...announced)) return undefined
  const { name, about } = toAnnouncement(event)
  return { id: uuid(), name, at: received, about: { ...about, matter }, identity }
}

const announced = ["handed", "taken", "declined", "held", "released", "opened", "closed"] as const
type Announced = Extract<HouseEvent, { name: (typeof announced)[number] }>

const toAnnouncement = (
  event: Announced,
): { readonly name: WebhookEventName; readonly about: Readonly<Record<string, Json | undefined>> } => {
  switch (event.name) {
    case "handed":
      return {
        name: "handoff.created",
        about: { handoff: event.handoff, to: event.to, fields: [...(event.fields ?? [])] },
      }
    case "taken":
      return { name: "handoff.accepted", about: { handoff: event.handoff } }
    case "declined":
      return { name: "handoff.declined", about: { handoff: event.handoff } }
    case "held":
      return {
        name: "hold.placed",
        about: { hold: event.hold, action: event.action, owner: event.owner, until: event.until },
      }
    case "released":
      return { name: "hold.released", about: { hold: event.hold } }
    case "opened":
      return { name: "matter.opened", about: { kind: event.kind } }
    case "closed":
      return { name: "matter.closed", about: {} }
  }
}
