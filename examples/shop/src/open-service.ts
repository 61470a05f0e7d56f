import type { ServiceStore } from "@tellonce/core"
import { createIngest, type Ingest } from "@tellonce/ingest"
import { type Agent, agentActions, createTellonce, type Tellonce } from "@tellonce/node"
import type { ShopKeys } from "./keys.ts"
import { createOrderAnchors } from "./orders/order-anchors.ts"
import { orderEvents } from "./orders/order-events.ts"
import { shopActions } from "./shop-actions.ts"
import { type ShopFields, shopContext } from "./shop-context.ts"

export interface ServiceOptions {
  readonly store: ServiceStore
  readonly keys: ShopKeys
  readonly ordersUrl: () => string
  readonly clock: () => number
}

/** The one agent of the demo, who sees and does what a desk does. */
const desk: Agent = {
  id: "desk-1",
  kind: "human",
  owner: "support",
  channel: "desk",
  reads: "all",
  writes: "all",
  actions: agentActions,
  purposes: ["service"],
}

/** The context service of the shop, and before it the way in for the order system's events. */
export const openService = (
  options: ServiceOptions,
): { readonly tellonce: Tellonce<ShopFields>; readonly ingest: Ingest } => {
  const { store, keys, ordersUrl, clock } = options
  const tellonce = createTellonce({
    context: shopContext,
    store,
    keys,
    clock,
    access: { agents: [desk] },
    actions: shopActions,
    anchors: createOrderAnchors(ordersUrl),
  })
  const ingest = createIngest({ context: shopContext, keys, sources: orderEvents, record: tellonce.record, clock })
  return { tellonce, ingest }
}
