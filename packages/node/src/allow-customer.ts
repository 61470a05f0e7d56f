import { type AnyView, type AskAnswer, ask, type Identity, identityKey, type ViewOptions, view } from "@tellonce/core"
import type { Access } from "./access/create-access.ts"
import { service as forService } from "./access/purpose.ts"
import { stripContext } from "./access/strip-context.ts"
import { type Action, can } from "./can.ts"
import type { Principal } from "./principal.ts"
import { withoutExpired } from "./privacy/without-expired.ts"
import type { Customer } from "./read-customer.ts"

/** A customer as far as one caller may read them now for one purpose. The context holds nothing else, so nothing else can get out. */
export interface AllowedCustomer extends Customer {
  readonly identity: Identity
  /** The keys of all their identities: for following them, never for an answer. */
  readonly keys: readonly string[]
  readonly purpose: string
  /** The fields that may be read, the house's included. */
  readonly reads: ReadonlySet<string>
  /** What may not be read is `withheld`, in the house absent. */
  view(options: Omit<ViewOptions, "reads">): AnyView
  ask(fields: readonly string[], options: Omit<ViewOptions, "reads">): Readonly<Record<string, AskAnswer>>
}

export interface Reading {
  readonly identity: Identity
  readonly action: Action
  readonly purpose?: string | undefined
}

export const allowCustomer = (
  customer: Customer,
  options: Reading & { readonly access: Access; readonly now: number; readonly principal: Principal },
): AllowedCustomer => {
  const { access, now, principal, identity, action, purpose = forService } = options
  const reads = new Set(can(principal, action, access.fields, access.purpose(purpose, customer.context, now)).fields)
  const context = stripContext(withoutExpired(customer.context, now), reads)
  return {
    ...customer,
    // Who else they are is in their links: whoever may not read those knows the identity they asked by.
    identities: reads.has("$links") ? customer.identities : [identityKey(identity)],
    keys: customer.identities,
    context,
    identity,
    purpose,
    reads,
    view(how) {
      // Read from the whole context: a field counts as settled by its matter, whether or not the reader may see the matter, and as
      // expired while it is remembered that there was something.
      const whole = view(customer.context, { ...how, reads })
      const fields = Object.keys(context.definition.fields).map((name) => [name, whole[name]])
      return { ...Object.fromEntries(fields), $: view(context, how).$ } as AnyView
    },
    ask(fields, how) {
      const withReads = { ...how, reads }
      return ask(customer.context, fields, withReads)
    },
  }
}
