import { type AnyView, fieldsOf, type Identity, type Millis, type ViewOptions } from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { Audit } from "./create-audit.ts"

export interface ReadAct {
  readonly principal: Principal
  /** `read`, `export`, …: what the caller was allowed. */
  readonly action: string
  /** As much of the customer as the caller may read. */
  readonly customer: {
    readonly identity: Identity
    readonly purpose: string
    readonly view: (options: Pick<ViewOptions, "now">) => AnyView
  }
  /** The keys of all identities whose contexts are in it. */
  readonly others: readonly string[]
  readonly now: Millis
}

/**
 * Notes what somebody is about to see of a customer; answer after it resolves. Customers and visitors who read their own context need no
 * note: nobody else has seen anything, and a page reads at every step.
 */
export const auditRead = async (audit: Audit, { principal, action, customer, others, now }: ReadAct): Promise<void> => {
  if (principal.kind === "visitor" || principal.kind === "customer") return
  const { identity, purpose, view } = customer
  const seen = view({ now })
  const shown = Object.entries(fieldsOf(seen)).filter(([, { value }]) => value !== undefined)
  const ages = shown.flatMap(([, field]) => ("age" in field ? [field.age] : []))
  await audit.note({
    principal,
    action,
    subject: identity,
    others,
    fields: [...shown.map(([name]) => name), ...shownHouse(seen)],
    purpose,
    outcome: "allowed",
    ...(ages.length > 0 && { age: { newest: Math.min(...ages), oldest: Math.max(...ages) } }),
  })
}

/** The house's own lists that hold something: `$messages`, `$told`, … */
const shownHouse = ({ $ }: AnyView): readonly string[] =>
  Object.entries($).flatMap(([name, list]) => (Array.isArray(list) && list.length > 0 ? [`$${name}`] : []))
