import { parseIdentityKey } from "@tellonce/core"
import type { WebhookEvent } from "../webhooks/webhook.ts"
import type { ErasedCustomer } from "./create-erasures.ts"

/** One for each identity: whoever keeps copies knows the customer by one of them. */
export const toErasedEvents = ({ id, at, scope, keys }: Omit<ErasedCustomer, "done">): readonly WebhookEvent[] =>
  keys.map((key, index) => ({
    id: `${id}.${index}`,
    name: "subject.erased",
    at,
    about: { erasure: id, scope },
    identity: parseIdentityKey(key),
  }))
