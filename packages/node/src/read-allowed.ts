import { type Identity, parseIdentityKey } from "@tellonce/core"
import { type AllowedCustomer, allowCustomer, type Reading } from "./allow-customer.ts"
import { auditRead } from "./audit/audit-read.ts"
import { type Action, demand } from "./can.ts"
import { HttpProblem } from "./http/http-problem.ts"
import { toCanonicalIdentity } from "./identity/to-canonical-identity.ts"
import type { Principal } from "./principal.ts"
import type { Call } from "./route.ts"
import type { Service } from "./service.ts"

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
