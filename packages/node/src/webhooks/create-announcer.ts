import { createHash } from "node:crypto"
import { type Addressed, isEvent, type Outgoing } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { OutboxSeal } from "./create-outbox-seal.ts"
import { toEvent } from "./to-event.ts"
import type { Webhook, WebhookEvent } from "./webhook.ts"

/** To whom what has to be looked at goes; no receiver's name is like it. */
export const lookReceiver = "look"

/** What a kept signal touches: who was told something else is found out afterwards. */
export interface Look {
  readonly fields: readonly string[]
  readonly matter?: string | undefined
}

/** Makes what goes out of what happens, for those who want to know. */
export interface Announcer {
  /** What is put with this signal. */
  ofSignal(addressed: Addressed): readonly Outgoing[]
  /** One for each receiver that wants it. `key` as in `Outgoing`. */
  ofEvent(event: WebhookEvent, key: string | undefined): readonly Outgoing[]
  /** Does anybody want to know of disagreements? */
  readonly looks: boolean
}

export const createAnnouncer = (webhooks: readonly Webhook[], seal: OutboxSeal): Announcer => {
  const receivers = webhooks.map((webhook) => ({ webhook, to: receiverOf(webhook) }))
  const looks = webhooks.some(({ events }) => events.includes("conflict.found") || events.includes("correction.due"))

  const ofEvent: Announcer["ofEvent"] = (event, key) =>
    receivers
      .filter(({ webhook }) => webhook.events.includes(event.name))
      .map(({ webhook, to }) => ({
        id: `msg_${event.id}`,
        to,
        at: event.at,
        body: seal.seal(toBody(webhook, event)),
        key,
      }))

  const lookAt = ({ key, signal, received }: Addressed): readonly Outgoing[] => {
    const { event, facts = {}, matter } = signal
    const fields = Object.keys(isEvent(event, "told") ? { ...facts, ...event.facts } : facts)
    if (!looks || fields.length === 0) return []
    const look: Look = { fields, matter }
    return [{ id: uuid(), to: lookReceiver, at: received, body: seal.seal(JSON.stringify(look)), key }]
  }
  return {
    looks,
    ofEvent,
    ofSignal(addressed) {
      const event = toEvent(addressed)
      const announced = event === undefined ? [] : ofEvent(event, addressed.key)
      return [...announced, ...lookAt(addressed)]
    },
  }
}

/** Its name in the outbox: an address may hold a secret. */
export const receiverOf = ({ url }: Pick<Webhook, "url">): string =>
  `webhook ${createHash("sha256").update(url).digest("base64url").slice(0, 22)}`

const toBody = ({ identities }: Webhook, { name, at, about, identity }: WebhookEvent): string => {
  const data = { ...about, ...(identities && identity && { identity }) }
  return JSON.stringify({ type: name, timestamp: new Date(at).toISOString(), data })
}
