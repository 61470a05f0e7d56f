import { canonical, corrections, type Millis, parseIdentityKey, toldConflicts, view } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import type { FindCustomer } from "../read-customer.ts"
import type { Look } from "./create-announcer.ts"
import type { WebhookEvent } from "./webhook.ts"

const mostRemembered = 5_000

export interface FindDisagreementsOptions {
  readonly customer: FindCustomer
  readonly nameOf: (text: string) => string
  readonly clock: () => Millis
}

/**
 * Finds what a signal has made wrong of what the customer was told, and keeps it once. A process remembers which it has kept; another one
 * finds it again under the same id, by which receivers tell repetitions.
 */
export const createFindDisagreements = ({ customer, nameOf, clock }: FindDisagreementsOptions) => {
  const known = createBoundedMap<true>(mostRemembered)
  return async (
    { key, fields, matter, at }: Look & { readonly key: string; readonly at: Millis },
    put: (events: readonly WebhookEvent[]) => Promise<void>,
  ): Promise<void> => {
    const identity = parseIdentityKey(key)
    const { context, identities } = await customer(identity)
    const seen = view(context, { now: clock(), matter })
    const report = (
      name: "conflict.found" | "correction.due",
      field: string,
      told: readonly { readonly at: number; readonly channel: string }[],
    ): WebhookEvent => ({
      id: nameOf(canonical([identities[0] ?? null, name, field, told.map(({ at, channel }) => [at, channel])])),
      name,
      at,
      about: { field, matter },
      identity,
    })
    const touched = new Set(fields)
    const found = [
      ...toldConflicts(seen).map(({ field, told }) => report("conflict.found", field, told)),
      ...corrections(seen).map(({ field, told }) => report("correction.due", field, [told])),
    ].filter(({ id, about }) => touched.has(String(about.field)) && !known.get(id))
    if (found.length === 0) return
    await put(found)
    for (const { id } of found) known.set(id, true)
  }
}
