import { type AnyView, view } from "@tellonce/core"
import { service as forService } from "../access/purpose.ts"
import { stripContext } from "../access/strip-context.ts"
import { type Action, can } from "../can.ts"
import type { Principal } from "../principal.ts"
import { withoutExpired } from "../privacy/without-expired.ts"
import type { Customer } from "../read-customer.ts"
import type { InteractionParts } from "./interaction-parts.ts"

export interface Reader {
  readonly principal: Principal
  /** What they read for. */
  readonly action: Action
}

/** The view of a customer as all of these readers may see it: what one of them may not read is withheld. */
export const seenBy = (
  parts: Pick<InteractionParts, "access" | "clock">,
  customer: Customer,
  readers: readonly Reader[],
  matter: string | undefined,
): AnyView => {
  const { context } = customer
  const now = parts.clock()
  const reads = readsOf(parts, customer, readers)
  // Read from the whole context: a field counts as settled by its matter, whether or not the reader may see the matter.
  const whole: AnyView = view(context, { now, matter, reads })
  return { ...whole, $: view(stripContext(withoutExpired(context, now), reads), { now }).$ }
}

/** The fields that all of these readers may read of this customer, the house's included. */
export const readsOf = (
  { access, clock }: Pick<InteractionParts, "access" | "clock">,
  { context }: Customer,
  readers: readonly Reader[],
): ReadonlySet<string> => {
  const purpose = access.purpose(forService, context, clock())
  return new Set(
    readers.reduce((left, { principal, action }) => can(principal, action, left, purpose).fields, access.fields),
  )
}
