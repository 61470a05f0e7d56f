import {
  type LeasedOutgoing,
  type Millis,
  type Outgoing,
  type ServiceStore,
  TellonceError,
  type Unsubscribe,
} from "@tellonce/core"
import { createKeyRing } from "../access/key-ring.ts"
import type { Metrics } from "../operate/create-metrics.ts"
import type { FindCustomer } from "../read-customer.ts"
import { announcingStore } from "./announcing-store.ts"
import { createAnnouncer, type Look, lookReceiver } from "./create-announcer.ts"
import { createDispatcher, type Dispatcher, type DispatcherOptions, type Next } from "./create-dispatcher.ts"
import { createEndpoint } from "./create-endpoint.ts"
import { createOutboxSeal } from "./create-outbox-seal.ts"
import { createFindDisagreements } from "./find-disagreements.ts"
import type { Webhook, WebhookEvent } from "./webhook.ts"

/** Tells other systems what has been kept, each at least once: what waits for them is in the store. */
export interface Webhooks {
  /** What is kept through it is announced. */
  readonly store: ServiceStore
  /** What goes out when this happens; put it with the effect, then wake. */
  ofEvents(events: readonly WebhookEvent[]): readonly Outgoing[]
  /** Begins to send. */
  start(parts: { readonly customer: FindCustomer; readonly ready: () => Promise<void> }): void
  /** Something was put. */
  wake(): void
  /** Resolves when what is under way is settled. */
  close(): Promise<void>
}

export interface WebhooksOptions {
  readonly store: ServiceStore
  readonly webhooks?: readonly Webhook[] | undefined
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly metrics: Pick<Metrics, "delivered">
  readonly later?: DispatcherOptions["later"]
  readonly random?: () => number
}

/** Throws `config/webhook` for one without a proper secret, or that is listed twice. */
export const createWebhooks = (options: WebhooksOptions): Webhooks => {
  const { store, webhooks = [], secrets, clock, onError, later = afterTimeout, random = Math.random } = options
  if (new Set(webhooks.map(({ url }) => url)).size < webhooks.length) throw listedTwice()
  const seal = createOutboxSeal(createKeyRing(secrets))
  const announcer = createAnnouncer(webhooks, seal)
  const dispatchers: Dispatcher[] = []
  const common = { outbox: store, seal, clock, onError, later, random }
  const endpoints = webhooks.map((webhook) => createEndpoint(webhook, { ...common, metrics: options.metrics }))
  const wake = () => {
    for (const dispatcher of dispatchers) dispatcher.wake()
  }
  const ofEvents: Webhooks["ofEvents"] = (events) => events.flatMap((event) => announcer.ofEvent(event, undefined))

  /** A lookout of disagreements; what it finds goes out under the same customer. */
  const createLookout = (customer: FindCustomer): Dispatcher => {
    const find = createFindDisagreements({ customer, nameOf: seal.nameOf, clock })
    const handle = async ({ key = "", at, body }: LeasedOutgoing): Promise<Next> => {
      const text = seal.open(body)
      if (text === undefined) return "done"
      const put = (events: readonly WebhookEvent[]) =>
        store.put(events.flatMap((event) => announcer.ofEvent(event, key))).then(wake)
      return find({ ...(JSON.parse(text) as Look), key, at }, put).then(
        () => "done" as const,
        (thrown: unknown) => {
          onError(thrown)
          return clock() + lookAgainAfter
        },
      )
    }
    return createDispatcher({ ...common, to: lookReceiver, handle })
  }
  let isOpen = true
  return {
    store: webhooks.length === 0 ? store : announcingStore(store, { announcer, onPut: wake }),
    ofEvents,
    wake,
    start({ customer, ready }) {
      if (webhooks.length === 0) return
      // Whoever a restored backup brought back is gone before anybody is told of them.
      ready().then(() => {
        if (!isOpen) return
        dispatchers.push(...endpoints.map((open) => open()), ...(announcer.looks ? [createLookout(customer)] : []))
      }, onError)
    },
    async close() {
      isOpen = false
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()))
    },
  }
}

const lookAgainAfter: Millis = 60_000

const listedTwice = () =>
  new TellonceError("config/webhook", "Two webhooks have the same URL. Give it once, with the events of both.")

const afterTimeout = (run: () => void, after: Millis): Unsubscribe => {
  const timer = setTimeout(run, after).unref()
  return () => clearTimeout(timer)
}
