import type { Statement } from "./ports.ts"
import type { Signal } from "./signal.ts"

/**
 * The customer's yes to an offer: what was offered becomes their fact. The offer alone never does. Undefined when the signal offers
 * nothing. `fields` narrows it, for a customer who accepts a part.
 */
export const acceptOffer = (offer: Signal, said: Statement, fields?: readonly string[]): Statement | undefined => {
  if (offer.event?.name !== "offered" || !("facts" in offer.event)) return undefined
  const facts = Object.entries(offer.event.facts).filter(([field]) => fields === undefined || fields.includes(field))
  return {
    ...said,
    authority: "customer",
    matter: said.matter ?? offer.matter,
    facts: Object.fromEntries(facts),
    event: { name: "accepted", offer: offer.id },
  }
}
