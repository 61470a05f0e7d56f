import {
  canonical,
  corrections,
  isEvent,
  type LoggedSignal,
  parseIdentityKey,
  toldConflicts,
  view,
} from "@tellonce/core"
import type { InteractionParts } from "../interactions/interaction-parts.ts"
import type { WebhookEvent } from "./webhook.ts"

const mostRemembered = 10_000

/** Finds what a signal has made wrong of what the customer was told; each disagreement is reported once while the process runs. */
export const createFindDisagreements = ({ customer, clock }: Pick<InteractionParts, "customer" | "clock">) => {
  const reported = new Set<string>()
  const isNew = (disagreement: unknown): boolean => {
    const name = canonical(disagreement)
    if (reported.has(name)) return false
    reported.add(name)
    for (const oldest of reported) if (reported.size > mostRemembered) reported.delete(oldest)
    return true
  }
  return async ({ seq, key, signal, received }: LoggedSignal): Promise<readonly WebhookEvent[]> => {
    const { event, facts = {}, matter } = signal
    const touched = new Set(Object.keys(isEvent(event, "told") ? { ...facts, ...event.facts } : facts))
    if (touched.size === 0) return []
    const identity = parseIdentityKey(key)
    const { context, identities } = await customer(identity)
    const seen = view(context, { now: clock(), matter })
    const report = (name: "conflict.found" | "correction.due", field: string): WebhookEvent => ({
      id: `${seq}.${name}.${field}`,
      name,
      at: received,
      about: { field, matter },
      identity,
    })
    const stamps = (told: readonly { readonly at: number; readonly channel: string }[]) =>
      told.map(({ at, channel }) => [at, channel])
    return [
      ...toldConflicts(seen)
        .filter(
          ({ field, told }) => touched.has(field) && isNew([identities[0] ?? null, "conflict", field, stamps(told)]),
        )
        .map(({ field }) => report("conflict.found", field)),
      ...corrections(seen)
        .filter(
          ({ field, told }) =>
            touched.has(field) && isNew([identities[0] ?? null, "correction", field, stamps([told])]),
        )
        .map(({ field }) => report("correction.due", field)),
    ]
  }
}
