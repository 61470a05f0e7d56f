import { type HouseEvent, isEvent, type Json, type LoggedSignal } from "@tellonce/core"
import type { WebhookEvent, WebhookEventName } from "./webhook.ts"

type About = Readonly<Record<string, Json | undefined>>

/** What a kept signal is to others. */
export const toEvents = ({ seq, signal, received }: LoggedSignal): readonly WebhookEvent[] => {
  const { event, identity, matter } = signal
  const said = event && isEvent(event, ...announced) ? toAnnouncement(event) : undefined
  return said
    ? [{ id: `${seq}.${said.name}`, name: said.name, at: received, about: { ...said.about, matter }, identity }]
    : []
}

const announced = ["handed", "taken", "declined", "held", "released", "opened", "closed"] as const
type Announced = Extract<HouseEvent, { name: (typeof announced)[number] }>

const toAnnouncement = (event: Announced): { readonly name: WebhookEventName; readonly about: About } => {
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
