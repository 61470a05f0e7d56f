import { type LoggedSignal, type Millis, type Store, TellonceError, type Unsubscribe } from "@tellonce/core"
import { Webhook as Signer } from "standardwebhooks"
import { createGuardedFetch } from "../anchors/guarded-fetch.ts"
import type { InteractionParts } from "../interactions/interaction-parts.ts"
import { createDeliveries, type Deliveries, type Delivery, type DeliveryOptions } from "./create-deliveries.ts"
import { createFindDisagreements } from "./find-disagreements.ts"
import { toEvents } from "./to-events.ts"
import type { Webhook, WebhookEvent, WebhookEventName } from "./webhook.ts"

export interface Webhooks {
  /** Tells those who want to know. */
  announce(event: WebhookEvent): void
  close(): void
}

export interface WebhookParts extends Pick<InteractionParts, "customer" | "clock" | "onError"> {
  readonly store: Pick<Store, "watch">
  readonly webhooks: readonly Webhook[]
  readonly later?: DeliveryOptions["later"]
  readonly random?: DeliveryOptions["random"]
}

/**
 * Tells other systems what has been kept, at least once each while the process lives. What waits for a receiver is lost with the process: a
 * receiver that must miss nothing reads the log as well.
 */
export const createWebhooks = (parts: WebhookParts): Webhooks => {
  const { store, webhooks, onError } = parts
  if (webhooks.length === 0) return { announce() {}, close() {} }
  const endpoints = webhooks.map((webhook) => ({ webhook, deliveries: createEndpoint(webhook, parts) }))
  const isWanted = (name: WebhookEventName) => webhooks.some(({ events }) => events.includes(name))
  const findDisagreements = createFindDisagreements(parts)
  const seeksDisagreements = isWanted("conflict.found") || isWanted("correction.due")

  const announce = (event: WebhookEvent) => {
    for (const { webhook, deliveries } of endpoints) {
      if (webhook.events.includes(event.name)) deliveries.push(toDelivery(webhook, event))
    }
  }
  const announceAll = (events: readonly WebhookEvent[]) => events.forEach(announce)
  const hear = (logged: LoggedSignal) => {
    announceAll(toEvents(logged))
    if (seeksDisagreements) findDisagreements(logged).then(announceAll).catch(onError)
  }
  const unwatch = store.watch((added) => added.forEach(hear))
  return {
    announce,
    close() {
      unwatch()
      for (const { deliveries } of endpoints) deliveries.close()
    },
  }
}

const createEndpoint = (
  webhook: Webhook,
  { clock, onError, later = afterTimeout, random = Math.random }: WebhookParts,
): Deliveries => {
  const { url, secret, addresses, plain } = webhook
  const signer = toSigner(secret)
  const allowed = { origin: url, ...(addresses && { addresses }), ...(plain && { plain }) }
  const call = createGuardedFetch({ allow: [allowed] })
  const send = ({ id, body }: Delivery) => {
    const at = clock()
    const headers = {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at / 1_000)),
      "webhook-signature": signer.sign(id, new Date(at), body),
    }
    return call(url, { method: "POST", headers, body })
  }
  return createDeliveries({ send, onError, later, random, clock })
}

const toSigner = (secret: string): Signer => {
  try {
    return new Signer(secret)
  } catch (cause) {
    throw new TellonceError("config/webhook", 'A webhook needs a secret: "whsec_" and 24 bytes or more in base64.', {
      cause,
    })
  }
}

const toDelivery = ({ identities }: Webhook, { id, name, at, about, identity }: WebhookEvent): Delivery => {
  const data = { ...about, ...(identities && identity && { identity }) }
  return { id: `msg_${id}`, body: JSON.stringify({ type: name, timestamp: new Date(at).toISOString(), data }) }
}

const afterTimeout = (run: () => void, after: Millis): Unsubscribe => {
  const timer = setTimeout(run, after).unref()
  return () => clearTimeout(timer)
}
