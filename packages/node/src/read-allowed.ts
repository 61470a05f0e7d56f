import { type Identity, parseIdentityKey } from "@tellonce/core"
import { type Action, demand } from "./can.ts"
import { HttpProblem } from "./http.ts"
import type { Principal } from "./principal.ts"
import type { Call } from "./route.ts"

/** The customer the call names, or the caller's own, when the caller may do this to them. */
export const readAllowed = ({ principal, searchParams, service }: Call, action: Action) => {
  const named = searchParams.get("identity")
  const identity = named === null ? ownIdentity(principal) : namedIdentity(named)
  demand(principal, action, identity)
  return service.customer(identity, principal.kind === "visitor")
}

const namedIdentity = (named: string): Identity => {
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
