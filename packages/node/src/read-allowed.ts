import {
  type AnyView,
  type AskAnswer,
  ask,
  type Identity,
  identityKey,
  parseIdentityKey,
  type ViewOptions,
  view,
} from "@tellonce/core"
import type { Access } from "./access/create-access.ts"
import { service as forService } from "./access/purpose.ts"
import { stripContext } from "./access/strip-context.ts"
import { auditRead } from "./audit/audit-read.ts"
import { type Action, can, demand } from "./can.ts"
import { HttpProblem } from "./http/http-problem.ts"
import { toCanonicalIdentity } from "./identity/to-canonical-identity.ts"
import type { Principal } from "./principal.ts"
import { withoutExpired } from "./privacy/without-expired.ts"
import type { Customer } from "./read-customer.ts"
import type { Call } from "./route.ts"
import type { Service } from "./service.ts"

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

/** The customer the call names, or the caller's own, when the caller may do this to them: as much of them as the caller may read. */
export const readAllowed = async (call: Call, action: Action): Promise<AllowedCustomer> =>
  readAs(call.service, call.principal, readingOf(call, action))

/** What the call asks to read. Throws 403 `access/denied` when it may not, before anything is read. */
export const readingOf = ({ principal, searchParams, service }: Call, action: Action): Reading => {
  const named = searchParams.get("identity")
  const identity =
    named === null ? ownIdentity(principal) : toCanonicalIdentity(service.identities, namedIdentity(named))
  demand(principal, action, identity)
  return { identity, action, purpose: searchParams.get("purpose") ?? undefined }
}

/** What reading works with. */
export type ReadParts = Pick<Service, "access" | "audit" | "clock" | "customer" | "identities">

/** Throws 403 `access/denied` unless the caller may do this to this customer. */
export const readAs = async (
  service: ReadParts,
  principal: Principal,
  { identity: named, action, purpose }: Reading,
): Promise<AllowedCustomer> => {
  const identity = toCanonicalIdentity(service.identities, named)
  demand(principal, action, identity)
  const customer = await service.customer(identity, principal.kind === "visitor")
  const now = service.clock()
  const allowed = allowCustomer(customer, { access: service.access, now, principal, identity, action, purpose })
  await auditRead(service.audit, { principal, action, customer: allowed, others: customer.identities, now })
  return allowed
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

export const namedIdentity = (named: string): Identity => {
  if (/^[a-z][a-z0-9._-]{0,31}:./.test(named)) return parseIdentityKey(named)
  throw new HttpProblem(400, "identity/shape", 'Name an identity as "kind:value", such as "email:ada@example.com".')
}

export const ownIdentity = (principal: Principal): Identity => {
  if ("identity" in principal) return principal.identity
  throw new HttpProblem(
    400,
    "identity/missing",
    'Say whose context is meant: "kind:value", such as "email:ada@example.com".',
  )
}
